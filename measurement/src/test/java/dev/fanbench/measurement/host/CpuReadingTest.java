package dev.fanbench.measurement.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.host.CpuReading.ThreadTime;
import dev.fanbench.measurement.run.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuReadingTest {

  @TempDir private Path proc;

  @ParameterizedTest
  @CsvSource({
    "loop-0, LOOPS",
    "fn-3, FUNCTIONS",
    "AwsEventLoop 12, SDK",
    "lean-http, SDK",
    "qtp12345-7, STORE",
    "SQLiteQueue[db], STORE",
    "redis-server, STORE",
    "G1 Conc#0, GC",
    "GC Thread#1, GC",
    "C2 CompilerThre, JIT",
    "VM Thread, GC"
  })
  void threadsFallIntoGroupsByTheStartOfTheirNames(String comm, CpuGroup group) {
    assertEquals(group, CpuGroup.of(comm));
  }

  @Test
  void cpuIsToldByGroupAndNewThreadsCountFromTheirBirth() {
    CpuReading before =
        schedstat(
            Map.of(
                1L, new ThreadTime(CpuGroup.LOOPS, 1_000, 10),
                2L, new ThreadTime(CpuGroup.GC, 500, 5)),
            0);
    CpuReading after =
        schedstat(
            Map.of(
                1L, new ThreadTime(CpuGroup.LOOPS, 4_000, 30),
                2L, new ThreadTime(CpuGroup.GC, 500, 5),
                3L, new ThreadTime(CpuGroup.LOOPS, 700, 1)),
            0);
    assertEquals(3_700, after.cpuSince(before).get("loops"));
    assertEquals(0, after.cpuSince(before).get("gc"));
    assertEquals(21, after.waitSince(before));
  }

  /** The serial collector works on that thread. Its time was of no group, and GC was 0. */
  @Test
  void timeOnTheVmThreadIsTimeOfTheCollector() throws IOException {
    long pid = ProcessHandle.current().pid();
    Path thread =
        Files.createDirectories(proc.resolve(Long.toString(pid)).resolve("task").resolve("17"));
    Files.writeString(thread.resolve("comm"), "VM Thread\n");
    Files.writeString(thread.resolve("schedstat"), "1000 20 3\n");
    ProcessCpu process = new ProcessCpu(proc, new ProcessSet.Alone(pid));
    CpuReading before = process.read();
    Files.writeString(thread.resolve("schedstat"), "4500 20 3\n");

    assertEquals(3_500, process.read().cpuSince(before).get("gc"));
  }

  @Test
  void eachLoopHasItsTimeOnACoreAndInTheRunQueue() {
    CpuReading before =
        schedstat(
            Map.of(
                7L, new ThreadTime(CpuGroup.LOOPS, 1_000, 10),
                2L, new ThreadTime(CpuGroup.GC, 500, 5)),
            0);
    CpuReading after =
        schedstat(
            Map.of(
                7L, new ThreadTime(CpuGroup.LOOPS, 4_000, 900),
                2L, new ThreadTime(CpuGroup.GC, 900, 50),
                3L, new ThreadTime(CpuGroup.LOOPS, 700, 1)),
            0);
    assertEquals(
        List.of(new ThreadTime(CpuGroup.LOOPS, 700, 1), new ThreadTime(CpuGroup.LOOPS, 3_000, 890)),
        after.loopsSince(before));
  }

  @Test
  void anIdUsedAgainIsANewThread() {
    CpuReading before = schedstat(Map.of(1L, new ThreadTime(CpuGroup.JIT, 9_000, 90)), 0);
    CpuReading after = schedstat(Map.of(1L, new ThreadTime(CpuGroup.JIT, 400, 4)), 0);
    assertEquals(400, after.cpuSince(before).get("jit"));
    assertEquals(4, after.waitSince(before));
  }

  @Test
  void whatEndedThreadsUsedIsOther() {
    CpuReading before = schedstat(Map.of(1L, new ThreadTime(CpuGroup.LOOPS, 0, 0)), 0);
    CpuReading coarse = schedstat(Map.of(1L, new ThreadTime(CpuGroup.LOOPS, 100, 0)), 20_000_000);
    assertEquals(0, coarse.cpuSince(before).get("other"));
    CpuReading after = schedstat(Map.of(1L, new ThreadTime(CpuGroup.LOOPS, 100, 0)), 500_000_100);
    assertEquals(500_000_000, after.cpuSince(before).get("other"));
  }

  @Test
  void withoutProcTheProcessTimeIsAllThatIsKnown() throws IOException {
    UsageMeter meter =
        new UsageMeter(
            proc,
            new ProcessCpu(proc, new ProcessSet.Alone(ProcessHandle.current().pid())),
            new ManualNanoClock(0),
            Map.of());
    meter.begin();
    Usage usage = meter.end(Map.of("frames.received", 3.0));
    assertEquals("process CPU time", usage.source());
    assertEquals(-1, usage.runQueueWaitNanos());
    assertEquals(Map.of("frames.received", 3.0), usage.counters());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aBusyThreadShowsInItsOwnGroup() throws Exception {
    UsageMeter meter = UsageMeter.ofThisProcess(SystemNanoClock.INSTANCE);
    meter.begin();
    Thread busy = new Thread(CpuReadingTest::burn, "loop-9");
    Usage[] usage = new Usage[1];
    busy.start();
    while (usage[0] == null || usage[0].cpuNanosByGroup().get("loops") < 20_000_000) {
      assertTrue(busy.isAlive(), "burns until it is interrupted");
      usage[0] = meter.end(Map.of());
    }
    busy.interrupt();
    busy.join();
    Map<String, Double> counters = usage[0].counters();
    double core = counters.get(UsageMeter.LOOP_SHARE + 0);
    double wait = counters.get(UsageMeter.LOOP_WAIT + 0);
    assertTrue(core > 0 && core <= 1.05, core + " of a core");
    assertTrue(wait >= 0 && wait <= 1.05, wait + " of the time without one");
    assertEquals("schedstat", usage[0].source());
    assertTrue(usage[0].counters().get(UsageMeter.CORES) >= 1);
    assertTrue(usage[0].counters().get(UsageMeter.STEAL_SHARE) >= 0);
    assertTrue(usage[0].wallNanos() > 0);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatATargetStartedIsTheTargetsToo() throws Exception {
    Process target =
        new ProcessBuilder("sh", "-c", "sh -c 'while :; do :; done' & read end; kill $!").start();
    try {
      UsageMeter meter = UsageMeter.of(target.pid(), SystemNanoClock.INSTANCE);
      meter.begin();
      while (meter.end(Map.of()).cpuNanosByGroup().get("other") < 50_000_000) {
        assertTrue(target.isAlive(), "its child burns until it is told to end");
      }
      ProcessCpu itself = new ProcessCpu(Path.of("/proc"), new ProcessSet.Alone(target.pid()));
      assertTrue(itself.read().processNanos() < 50_000_000);
      assertEquals(1, itself.read().processes());
      assertEquals(
          2,
          new ProcessCpu(Path.of("/proc"), new ProcessSet.Tree(target.pid())).read().processes());
    } finally {
      target.descendants().forEach(ProcessHandle::destroyForcibly);
      target.destroyForcibly().waitFor();
    }
  }

  @Test
  void aProcessThatIsGoneIsSaidToBe() {
    UsageMeter meter = UsageMeter.of(Integer.MAX_VALUE, new ManualNanoClock(0));
    IOException gone = assertThrows(IOException.class, meter::begin);
    assertEquals("process 2147483647 is gone", gone.getMessage());
  }

  @Test
  void stealIsAShareOfAllCoresTime() throws IOException {
    Files.writeString(proc.resolve("stat"), "cpu  100 0 100 700 0 0 0 100 50 0\ncpu0 1 2 3\n");
    HostCpu before = HostCpu.read(proc);
    assertEquals(new HostCpu(1_000, 100), before);
    assertEquals(
        0.03, HostCpu.parse("cpu 150 0 117 830 0 0 0 103 9 9").stealShareSince(before) * 2, 0.001);
    assertTrue(Double.isNaN(before.stealShareSince(before)));
    assertEquals(new HostCpu(0, 0), HostCpu.read(proc.resolve("missing")));
  }

  private static void burn() {
    long x = 1;
    while (!Thread.currentThread().isInterrupted()) {
      x = x * 31 + 7;
    }
    assertTrue(x != 0);
  }

  private static CpuReading schedstat(Map<Long, ThreadTime> threads, long processNanos) {
    return new CpuReading(threads, processNanos, 1, CpuReading.SCHEDSTAT);
  }
}
