package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.store.LocalStore;
import dev.fanbench.emulator.template.TemplateException;
import dev.fanbench.emulator.tls.TlsChoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start that fails when everything is open already. */
@Timeout(60)
class FailedStartTest {
  /** Two functions of one process, which has one value for each variable. */
  private static final String CONFLICT =
      TestApi.template("items.yaml")
          + """
            One: {Type: AWS::Serverless::Function, Properties: {Handler: test.One, Environment: {Variables: {A: one}}}}
            Two: {Type: AWS::Serverless::Function, Properties: {Handler: test.Two, Environment: {Variables: {A: two}}}}
          """;

  private final AtomicInteger closedStores = new AtomicInteger();

  @Test
  void leavesNothingOpen() throws Exception {
    EmulatorOptions options =
        EmulatorOptions.standard()
            .withAddress("127.0.0.1", freePort())
            .withStore((template, latency, quotas) -> new CountedStore())
            .withTls(new TlsChoice(true, List.of()));
    Set<Thread> threads = loops();
    TemplateException refused =
        assertThrows(
            TemplateException.class, () -> Emulator.start(options.withTemplate(CONFLICT)).close());
    assertTrue(refused.getMessage().contains("A cannot be both one and two"), refused.getMessage());
    assertEquals(1, closedStores.get());
    Set<Thread> left = loops();
    left.removeAll(threads);
    for (Thread each : left) {
      // Its loop has ended; the thread itself may be a moment late.
      each.join(10_000);
      assertFalse(each.isAlive(), each.getName());
    }
    try (Emulator emulator = Emulator.start(options.withTemplate(TestApi.template("items.yaml")))) {
      assertEquals(options.port(), emulator.url().getPort());
    }
  }

  /** The store starts beside the front door, so it may be open when the port cannot be had. */
  @Test
  void closesTheStoreWhenThePortIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmulatorOptions options =
          EmulatorOptions.standard()
              .withAddress("127.0.0.1", taken.getLocalPort())
              .withStore((template, latency, quotas) -> new CountedStore());
      assertThrows(IOException.class, () -> Emulator.start(options).close());
      assertEquals(1, closedStores.get());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Set<Thread> loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("loop-"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Counts its ends. */
  private final class CountedStore implements LocalStore {
    @Override
    public URI endpoint() {
      return URI.create("http://127.0.0.1:1");
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of();
    }

    @Override
    public void close() {
      closedStores.incrementAndGet();
    }
  }
}
