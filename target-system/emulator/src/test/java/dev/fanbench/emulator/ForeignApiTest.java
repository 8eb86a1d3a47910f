package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.RecordingEndpoint.Received;
import dev.fanbench.emulator.gateway.CallerCheck;
import dev.fanbench.target.Ready;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody else's service behind somebody else's template: no function of ours is involved. */
class ForeignApiTest {

  @Test
  void serviceBehindHttpHearsItsClientsAndReachesThem() throws Exception {
    try (RecordingEndpoint service = new RecordingEndpoint();
        Emulator emulator = Emulator.start(options(service.address()))) {
      assertEquals("/live", emulator.url().getPath());
      Client client = Client.connect(emulator.url());
      String id = service.next("/connect").headers().get("connectionid");
      client.send("{\"action\":\"anything\"}");
      Received message = service.next("/message");
      assertEquals(id, message.headers().get("connectionid"));
      assertEquals("heard {\"action\":\"anything\"}", client.next());
      URI connection = URI.create(emulator.connections() + "/" + id.replace("=", "%3D"));
      assertEquals(
          200, TestApi.send(connection, "POST", "from the service", Map.of()).statusCode());
      assertEquals("from the service", client.next());
      client.close(1000, "done");
      assertEquals(id, service.next("/disconnect").headers().get("connectionid"));
    }
  }

  @Test
  void guideNamesTheServiceAndHowToPost() throws Exception {
    try (RecordingEndpoint service = new RecordingEndpoint();
        Emulator emulator = Emulator.start(options(service.address()))) {
      String guide = StartupBanner.to(emulator, options(service.address()), ready(emulator));
      assertTrue(guide.contains("route $default"), guide);
      assertTrue(guide.contains(service.address() + "/message, which answers the sender"), guide);
      assertTrue(guide.contains("accountPerSecond 10000, "), guide);
      assertTrue(guide.contains("--endpoint-url " + emulator.stageUrl() + " "), guide);
    }
  }

  private static Ready ready(Emulator emulator) {
    return new Ready(
        emulator.url(), emulator.connections(), URI.create("http://127.0.0.1:1"), 1, null, null);
  }

  private static EmulatorOptions options(URI service) throws Exception {
    return SharedStore.chat()
        .withTemplate(Files.readString(Path.of("..", "http-backend.yaml")))
        .withParameters(Map.of("Backend", service.toString()))
        .withSignatures(CallerCheck.off());
  }
}
