package dev.fanbench.measurement.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The processes that are measured together. */
public sealed interface ProcessSet {

  /**
   * The processes now.
   *
   * @throws IOException when there is none
   */
  List<Long> ids() throws IOException;

  /** The highest memory of all together, in bytes; empty when only each process knows its own. */
  default OptionalLong peakBytes() {
    return OptionalLong.empty();
  }

  /** The set in words, such as {@code process 4711 and its children}. */
  String words();

  /** A process alone. */
  record Alone(long pid) implements ProcessSet {
    @Override
    public List<Long> ids() {
      return List.of(pid);
    }

    @Override
    public String words() {
      return "process " + pid;
    }
  }

  /** A process, those that it started, and so on. */
  record Tree(long pid) implements ProcessSet {
    @Override
    public List<Long> ids() throws IOException {
      List<Long> ids = new ArrayList<>();
      ProcessHandle root =
          ProcessHandle.of(pid).orElseThrow(() -> new IOException("process " + pid + " is gone"));
      ids.add(pid);
      root.descendants().forEach(each -> ids.add(each.pid()));
      return ids;
    }

    @Override
    public String words() {
      return "process " + pid + " and its children";
    }
  }

  /**
   * Sets that are measured together, such as the nodes of a server and their store.
   *
   * @param sets at least one; each must have a process
   */
  record Several(List<ProcessSet> sets) implements ProcessSet {
    public Several {
      sets = List.copyOf(sets);
    }

    @Override
    public List<Long> ids() throws IOException {
      List<Long> ids = new ArrayList<>();
      for (ProcessSet set : sets) {
        ids.addAll(set.ids());
      }
      return ids;
    }

    @Override
    public String words() {
      return sets.stream().map(ProcessSet::words).collect(Collectors.joining(", "));
    }
  }

  /**
   * The processes of a control group of Linux, version 1 or 2.
   *
   * @param directory such as {@code /sys/fs/cgroup/system.slice/chat.service}
   */
  record ControlGroup(Path directory) implements ProcessSet {
    private static final List<String> PEAKS = List.of("memory.peak", "memory.max_usage_in_bytes");

    @Override
    public List<Long> ids() throws IOException {
      List<Long> ids =
          Files.readAllLines(directory.resolve("cgroup.procs")).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .map(Long::valueOf)
              .toList();
      if (ids.isEmpty()) {
        throw new IOException("control group " + directory + " has no process");
      }
      return ids;
    }

    @Override
    public OptionalLong peakBytes() {
      for (String file : PEAKS) {
        try {
          return OptionalLong.of(Long.parseLong(Files.readString(directory.resolve(file)).strip()));
        } catch (IOException | NumberFormatException none) {
          // The other version has the other file; a kernel may have neither.
        }
      }
      return OptionalLong.empty();
    }

    @Override
    public String words() {
      return "control group " + directory;
    }
  }
}
