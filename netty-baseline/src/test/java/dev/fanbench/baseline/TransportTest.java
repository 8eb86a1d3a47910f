package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.ServerTransport;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same server on each way to ask the kernel. */
class TransportTest {
  private static final int PUBLICATIONS = 100;

  @ParameterizedTest
  @EnumSource
  void servesOrSaysThatItIsNotHere(ServerTransport transport) throws Exception {
    if (transport.isAvailable()) {
      assertEquals(transport, ServerTransport.named(transport.toString()));
      assertServes(transport);
    } else {
      String refusal = refusal(transport.toString());
      assertTrue(refusal.startsWith("transport is " + transport + "; available here: auto, "));
    }
  }

  @Test
  void autoTakesTheFirstThatIsHere() {
    assertEquals(ServerTransport.best(), ServerTransport.named("auto"));
    assertTrue(ServerTransport.best().isAvailable());
    assertTrue(refusal("kqueue").endsWith("nio"), "the JDK's own is everywhere");
  }

  private static String refusal(String name) {
    return assertThrows(IllegalArgumentException.class, () -> ServerTransport.named(name))
        .getMessage();
  }

  private static void assertServes(ServerTransport transport) throws Exception {
    ServerOptions options = ServerOptions.defaults().withLoops(2).withTransport(transport);
    NettyServer server = NettyServer.start(options);
    try (server;
        RawSocket publisher = RawSocket.connect(server.url());
        ChatClient first = ChatClient.connect(server.url());
        ChatClient second = ChatClient.connect(server.url())) {
      ByteArrayOutputStream segment = new ByteArrayOutputStream();
      for (int i = 0; i < PUBLICATIONS; i++) {
        byte[] text = ("p" + i).getBytes(StandardCharsets.UTF_8);
        segment.write(RawSocket.encode(RawSocket.TEXT, true, text));
      }
      segment.write(RawSocket.encode(RawSocket.CLOSE, true, new byte[] {0x0c, 0}));
      publisher.bytes(segment.toByteArray());
      for (int i = 0; i < PUBLICATIONS; i++) {
        assertEquals("#general anonymous: p" + i, first.next());
        assertEquals("#general anonymous: p" + i, second.next());
      }
      assertEquals(3072, publisher.closeCode());
      assertTrue(publisher.isAtEnd());
      server.close();
      assertEquals(1001, first.closeCode());
    }
    assertEquals(0, server.pinnedDirectBytes());
  }
}
