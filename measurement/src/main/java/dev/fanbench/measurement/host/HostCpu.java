package dev.fanbench.measurement.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Time of all cores of the machine, in clock ticks, from the first line of {@code /proc/stat}.
 *
 * @param totalTicks all of it, idle included
 * @param stealTicks what a hypervisor gave to others while this machine wanted to run
 */
record HostCpu(long totalTicks, long stealTicks) {

  /** Reads it now; zeros where there is none. */
  static HostCpu read(Path proc) {
    try {
      String line = Files.readString(proc.resolve("stat")).lines().findFirst().orElse("");
      return parse(line);
    } catch (IOException e) {
      return new HostCpu(0, 0);
    }
  }

  /** {@code cpu user nice system idle iowait irq softirq steal guest guest_nice}. */
  static HostCpu parse(String line) {
    String[] fields = line.strip().split("\\s+", -1);
    long total = 0;
    long steal = 0;
    // Guest time, fields 9 and 10, is already part of user and nice.
    for (int i = 1; i < Math.min(fields.length, 9); i++) {
      long ticks = Long.parseLong(fields[i]);
      total += ticks;
      steal = i == 8 ? ticks : steal;
    }
    return new HostCpu(total, steal);
  }

  /** Share of all cores' time that was stolen since an earlier reading; NaN when unknown. */
  double stealShareSince(HostCpu earlier) {
    long total = totalTicks - earlier.totalTicks;
    return total <= 0 ? Double.NaN : (double) (stealTicks - earlier.stealTicks) / total;
  }
}
