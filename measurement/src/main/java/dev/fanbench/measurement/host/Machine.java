package dev.fanbench.measurement.host;

import com.sun.management.OperatingSystemMXBean;
import dev.fanbench.measurement.run.UnitFormat;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The machine and the load's JVM in words, for a run's environment. */
public final class Machine {

  private Machine() {}

  /**
   * Describes both, in display order: {@code cpu}, {@code cores}, {@code memory}, {@code os},
   * {@code clock source}, {@code load JVM}, {@code load heap}, {@code load GC}, {@code load cores},
   * {@code open files}. A value that the system does not report is left out.
   */
  public static Map<String, String> describe() {
    return describe(Path.of("/proc"), Path.of("/sys"));
  }

  static Map<String, String> describe(Path proc, Path sys) {
    Map<String, String> words = new LinkedHashMap<>();
    put(words, "cpu", field(proc.resolve("cpuinfo"), "model name"));
    long cores = count(proc.resolve("cpuinfo"), "processor");
    words.put(
        "cores", Long.toString(cores > 0 ? cores : Runtime.getRuntime().availableProcessors()));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      words.put("memory", UnitFormat.bytes(system.getTotalMemorySize()));
    }
    words.put("os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
    if (field(proc.resolve("cpuinfo"), "flags").orElse("").contains("hypervisor")) {
      words.put("machine", "virtual");
    }
    put(
        words,
        "clock source",
        line(sys.resolve("devices/system/clocksource/clocksource0/current_clocksource")));
    words.put("load JVM", property("java.vm.name") + " " + property("java.runtime.version"));
    words.put("load heap", UnitFormat.bytes(Runtime.getRuntime().maxMemory()));
    words.put(
        "load GC",
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(", ")));
    put(words, "load cores", field(proc.resolve("self/status"), "Cpus_allowed_list"));
    OpenFileCount.limitOfThisProcess()
        .ifPresent(limit -> words.put("open files", UnitFormat.count(limit)));
    return words;
  }

  private static void put(Map<String, String> words, String key, Optional<String> value) {
    value.ifPresent(v -> words.put(key, v));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** The first {@code name : value} of a file. */
  private static Optional<String> field(Path file, String name) {
    return read(file)
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst());
  }

  private static long count(Path file, String name) {
    return read(file).stream().flatMap(String::lines).filter(line -> line.startsWith(name)).count();
  }

  private static Optional<String> line(Path file) {
    return read(file).map(String::strip);
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
