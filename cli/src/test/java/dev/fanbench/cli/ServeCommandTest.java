package dev.fanbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServeCommandTest {

  @Test
  void aPortWithAListenerIsInUse() throws IOException {
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
      assertTrue(ServeCommand.isInUse(port));
    }
    assertFalse(ServeCommand.isInUse(port));
  }

  @Test
  void templateIsServedWithTlsUnlessItIsChosen() {
    assertEquals(
        List.of("--tls", "on", "--template", "t.yaml", "--port", "9002"),
        ServeCommand.withTls(List.of("--template", "t.yaml", "--port", "9002")));
    assertEquals(
        List.of("--template", "t.yaml", "--tls", "off"),
        ServeCommand.withTls(List.of("--template", "t.yaml", "--tls", "off")));
    assertEquals(
        List.of("--tls", "on", "--tls-name", "chat.test"),
        ServeCommand.withTls(List.of("--tls-name", "chat.test")));
  }
}
