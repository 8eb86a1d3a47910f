package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The script that the image and the task on Fargate are checked with. */
class HealthCheckTest {
  private static final int SECONDS_TO_ANSWER = 1;

  @Test
  void serverThatAnswersIsHealthy() throws Exception {
    int port;
    try (NettyServer server = NettyServer.start(ServerOptions.defaults())) {
      port = server.url().getPort();
      assertEquals(0, exitCode(port));
    }
    assertNotEquals(0, exitCode(port));
  }

  /** The kernel accepts for a server that is stuck, but nothing answers. */
  @Test
  void serverThatIsStuckIsNotHealthy() throws Exception {
    try (ServerSocket stuck = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertNotEquals(0, exitCode(stuck.getLocalPort()));
    }
  }

  private static int exitCode(int port) throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder(
                "bash", "healthy", Integer.toString(port), Integer.toString(SECONDS_TO_ANSWER))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(check.waitFor(20, TimeUnit.SECONDS), "the check does not end");
    return check.exitValue();
  }
}
