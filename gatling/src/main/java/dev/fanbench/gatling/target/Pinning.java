package dev.fanbench.gatling.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * Keeps load and target on different cores, so that neither waits in the other's run queue. The
 * lower half of the cores is the target's.
 *
 * <p>While nothing is measured a target may use every core: during warm-up, so that its compilers
 * are done the sooner, and between phases, while clients leave and others join. Its JVM is told the
 * number of cores it will be measured on.
 *
 * @param targetCores core numbers of the target; empty when nothing is pinned
 * @param loadCores core numbers of this process; empty when nothing is pinned
 * @param description for the report
 */
public record Pinning(List<Integer> targetCores, List<Integer> loadCores, String description) {

  private static final Path STATUS = Path.of("/proc/self/status");

  /** Nothing pinned, and why. */
  public static Pinning off(String why) {
    return new Pinning(List.of(), List.of(), "off: " + why);
  }

  /** Splits the cores this process may use and moves all its threads; off where that cannot be. */
  public static Pinning apply() {
    List<Integer> cores = bySibling(allowedCores(), Pinning::firstSibling);
    if (cores.size() < 2) {
      return off("fewer than two cores");
    }
    List<Integer> target = cores.subList(0, cores.size() / 2);
    List<Integer> load = cores.subList(cores.size() / 2, cores.size());
    String self = String.valueOf(ProcessHandle.current().pid());
    if (!run("taskset", "--all-tasks", "--cpu-list", "--pid", list(load), self)) {
      return off("no taskset on this machine");
    }
    return new Pinning(
        target,
        load,
        "target on core %s, load on core %s; between measured phases on all"
            .formatted(list(target), list(load)));
  }

  /** The words before the target's command line: all cores, if this process has given some up. */
  List<String> prefix() {
    if (targetCores.isEmpty()) {
      return List.of();
    }
    return List.of("taskset", "--cpu-list", list(all()));
  }

  private List<Integer> all() {
    List<Integer> all = new ArrayList<>(targetCores);
    all.addAll(loadCores);
    return all;
  }

  /** The same for a target that has no warm-up of its own: on its cores from the start. */
  Pinning fromTheStart() {
    return new Pinning(targetCores, List.of(), description);
  }

  /** JVM arguments that size the target for the cores it is measured on. */
  List<String> jvmArguments() {
    return targetCores.isEmpty()
        ? List.of()
        : List.of("-XX:ActiveProcessorCount=" + targetCores.size());
  }

  /**
   * Confines a target, all its threads and the processes it started, to its cores. A target that
   * has died is reported elsewhere.
   */
  public void confine(long pid) {
    move(pid, targetCores);
  }

  /** Lets a target use all cores again. */
  public void release(long pid) {
    move(pid, all());
  }

  private static void move(long pid, List<Integer> cores) {
    if (!cores.isEmpty()) {
      moveOne(pid, cores);
      ProcessHandle.of(pid)
          .ifPresent(target -> target.descendants().forEach(each -> moveOne(each.pid(), cores)));
    }
  }

  private static void moveOne(long pid, List<Integer> cores) {
    run("taskset", "--all-tasks", "--cpu-list", "--pid", list(cores), String.valueOf(pid));
  }

  private static List<Integer> allowedCores() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("Cpus_allowed_list:")) {
          return parse(line.substring(line.indexOf(':') + 1).trim());
        }
      }
    } catch (IOException e) {
      // No /proc here: nothing can be pinned.
    }
    return List.of();
  }

  /**
   * Orders cores so that the two hyperthreads of one core are neighbours, and a half of the list
   * shares as few cores as can be with the other half.
   *
   * @param firstSibling the lowest number of the hyperthreads that share a core
   */
  static List<Integer> bySibling(List<Integer> cores, IntUnaryOperator firstSibling) {
    return cores.stream()
        .sorted(
            Comparator.<Integer>comparingInt(core -> firstSibling.applyAsInt(core))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static int firstSibling(int core) {
    Path siblings =
        Path.of("/sys/devices/system/cpu/cpu" + core + "/topology/thread_siblings_list");
    try {
      return parse(Files.readString(siblings).strip()).get(0);
    } catch (IOException | NumberFormatException e) {
      // A kernel that does not tell: each core counts as one of its own.
      return core;
    }
  }

  /** Reads the kernel's list form, {@code 0-3,8}. */
  static List<Integer> parse(String list) {
    List<Integer> cores = new ArrayList<>();
    for (String range : list.split(",", -1)) {
      String[] ends = range.split("-", -1);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
        cores.add(core);
      }
    }
    return cores;
  }

  private static String list(List<Integer> cores) {
    return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
