package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.target.FaultRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All connections end at once, and the front door stays open. */
class DroppedConnectionsTest {

  @Test
  void toldClientsSee1001AndTheFunctionsAreToldOfEach() throws Exception {
    try (TestApi api = TestApi.start()) {
      List<Client> clients = List.of(Client.connect(api.url()), Client.connect(api.url()));

      drop(api.emulator(), "1001");
      for (Client client : clients) {
        assertEquals("1001 Going away", client.closed());
        assertEquals(1001, statusCode(api));
      }
      Client.connect(api.url());
      TestApi.await(() -> api.emulator().counters().get("connections.open") == 1);
    }
  }

  @Test
  void othersFindTheirSocketsClosed() throws Exception {
    try (TestApi api = TestApi.start()) {
      Client client = Client.connect(api.url());

      drop(api.emulator(), "1006");
      assertEquals("1006 ", client.closed());
      assertEquals(1006, statusCode(api));
      Client.connect(api.url());
    }
  }

  @Test
  void noOtherCodeIsTaken() throws Exception {
    try (TestApi api = TestApi.start()) {
      Client client = Client.connect(api.url());
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> drop(api.emulator(), "1000"));
      assertEquals("dropConnections is 1000, but must be 1001 or 1006", refused.getMessage());
      client.close(1000, "");
      assertEquals(1000, statusCode(api));
    }
  }

  private static int statusCode(TestApi api) throws InterruptedException {
    return api.event("DisconnectFunction").at("/requestContext/disconnectStatusCode").asInt();
  }

  private static void drop(Emulator emulator, String code) {
    emulator.faults().inject(FaultRequest.parse("{\"dropConnections\":" + code + "}"));
  }
}
