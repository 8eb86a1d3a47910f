package dev.fanbench.jmh;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * JMH's own command line, with all its options, and {@link LoopCostProfiler} always on. Without
 * arguments it runs every benchmark.
 */
public final class JmhMain {
  private JmhMain() {}

  /** Runs JMH in this process, which forks one for each trial. */
  public static void main(String[] args) throws IOException {
    Stream<String> always = Stream.of("-prof", LoopCostProfiler.class.getName());
    org.openjdk.jmh.Main.main(Stream.concat(always, Stream.of(args)).toArray(String[]::new));
  }
}
