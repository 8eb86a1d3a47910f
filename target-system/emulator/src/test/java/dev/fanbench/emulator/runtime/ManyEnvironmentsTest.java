package dev.fanbench.emulator.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.Client;
import dev.fanbench.emulator.Emulator;
import dev.fanbench.emulator.quota.QuotaSet;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred environments of Node at the same time, and none left of them. They take 10 GB. */
@Tag("soak")
@Timeout(300)
class ManyEnvironmentsTest {
  private static final int ENVIRONMENTS = 200;
  private static final int LONGEST_MILLIS = 120_000;

  /** One client sends all, and a busy machine takes its time. */
  private static final QuotaSet QUOTAS =
      QuotaSet.of(
          Map.of(
              "clientRequests", (long) ENVIRONMENTS, "integrationMillis", (long) LONGEST_MILLIS));

  /** Waits until its connection to the gate ends. */
  private static final String CODE =
      """
      const net = require('node:net');
      exports.handler = (event) => new Promise((resolve) => {
        const gate = net.connect(Number(event.body), '127.0.0.1');
        gate.on('close', () => resolve({ statusCode: 200, body: String(process.pid) }));
        gate.resume();
      });
      """;

  @TempDir private Path folder;

  @Test
  void twoHundredEnvironmentsLeaveNothingBehind() throws Exception {
    FunctionFolder.assumeInstalled("node");
    FunctionFolder function =
        new FunctionFolder(folder, "Runtime: nodejs22.x, Handler: app.handler, Timeout: 120")
            .file("app.js", CODE);
    long filesBefore = 0;
    for (int round = 0; round < 2; round++) {
      Set<Long> processes;
      try (Emulator emulator = function.start(options -> options.withQuotas(QUOTAS))) {
        processes = together(emulator);
        assertEquals(ENVIRONMENTS, emulator.counters().get("lambda.inits"));
      }
      assertEquals(ENVIRONMENTS, processes.size());
      assertEquals(
          List.of(), processes.stream().filter(pid -> ProcessHandle.of(pid).isPresent()).toList());
      long files = openFiles();
      if (round > 0) {
        long more = files - filesBefore;
        assertTrue(more < ENVIRONMENTS / 10, () -> more + " more open files than after the first");
      }
      filesBefore = files;
    }
  }

  /** The processes of requests that all wait at the same time. */
  private static Set<Long> together(Emulator emulator) throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket gate = new ServerSocket(0, ENVIRONMENTS)) {
      gate.setSoTimeout(LONGEST_MILLIS);
      Client client = Client.connect(emulator.url());
      for (int i = 0; i < ENVIRONMENTS; i++) {
        client.send(String.valueOf(gate.getLocalPort()));
      }
      for (int i = 0; i < ENVIRONMENTS; i++) {
        waiting.add(gate.accept());
      }
      for (Socket each : waiting) {
        each.close();
      }
      Set<Long> processes = new HashSet<>();
      for (int i = 0; i < ENVIRONMENTS; i++) {
        processes.add(Long.parseLong(client.next()));
      }
      client.close(1000, "done");
      return processes;
    }
  }

  private static long openFiles() {
    String[] files = Path.of("/proc/self/fd").toFile().list();
    return files.length;
  }
}
