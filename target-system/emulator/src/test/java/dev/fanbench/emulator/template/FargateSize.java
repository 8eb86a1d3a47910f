package dev.fanbench.emulator.template;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of a Fargate task.
 *
 * <p>From the Amazon ECS Developer Guide, "Task size" of task definition parameters for Fargate.
 */
final class FargateSize {
  private static final int GIGABYTE = 1_024;

  /** By CPU units, of which a processor has 1,024: least, most and step of the memory, in MB. */
  private static final Map<Integer, int[]> MEMORY =
      new TreeMap<>(
          Map.of(
              256, new int[] {512, 2 * GIGABYTE, 512},
              512, new int[] {GIGABYTE, 4 * GIGABYTE, GIGABYTE},
              1_024, new int[] {2 * GIGABYTE, 8 * GIGABYTE, GIGABYTE},
              2_048, new int[] {4 * GIGABYTE, 16 * GIGABYTE, GIGABYTE},
              4_096, new int[] {8 * GIGABYTE, 30 * GIGABYTE, GIGABYTE},
              8_192, new int[] {16 * GIGABYTE, 60 * GIGABYTE, 4 * GIGABYTE},
              16_384, new int[] {32 * GIGABYTE, 120 * GIGABYTE, 8 * GIGABYTE}));

  /** 256 units have 512, 1,024 or 2,048 MB, and nothing between the last two. */
  private static final int MISSING_OF_256 = 1_536;

  private FargateSize() {}

  static boolean exists(int cpu, int memory) {
    int[] range = MEMORY.get(cpu);
    return range != null
        && memory >= range[0]
        && memory <= range[1]
        && (memory - range[0]) % range[2] == 0
        && !(cpu == 256 && memory == MISSING_OF_256);
  }

  /** The memory that a task of so many CPU units can have, in words. */
  static String allowed(int cpu) {
    return MEMORY.containsKey(cpu)
        ? IntStream.rangeClosed(1, 120 * GIGABYTE / 512)
            .map(half -> half * 512)
            .filter(memory -> exists(cpu, memory))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "))
        : "nothing, as CPU is one of " + MEMORY.keySet();
  }
}
