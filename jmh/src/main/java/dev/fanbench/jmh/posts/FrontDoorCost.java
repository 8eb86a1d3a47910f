package dev.fanbench.jmh.posts;

import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.target.Ready;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the CPU of the emulator's front door for a post, and the posts a second that it takes.
 * {@link PostLoop} runs beside it. Run it as {@code java -cp jmh/target/benchmarks.jar
 * dev.fanbench.jmh.posts.FrontDoorCost}, in the project's directory, after {@code mvn package}.
 *
 * <p>50 connections kept alive post 64 bytes each to 1,000 clients in turn, unsigned, in rounds
 * that alternate (A B B A). CPU is that of the threads that are named as event loops, without the
 * compilers. Exits with 1 if the front door's is over 1.5 times the loop's, or if it takes fewer
 * than 25,000 posts a second.
 */
public final class FrontDoorCost {
  private static final Path EMULATOR = Path.of("target-system", "emulator", "target");
  private static final String EMULATOR_MAIN = "dev.fanbench.emulator.ServerlessTarget";
  private static final int MEMBERS = 1_000;
  private static final int CONNECTIONS = 50;
  private static final int WARM_UP_ROUNDS = 2;
  private static final long SECONDS = 8;
  private static final double MOST_RATIO = 1.5;
  private static final double LEAST_PER_SECOND = 25_000;
  private static final double NANOS_PER_MICRO = 1e3;

  private FrontDoorCost() {}

  /** A process that takes posts, with its usage. */
  private static final class Side implements AutoCloseable {
    private final Process process;
    private final UsageMeter meter;
    private final PostClient posters;
    private long posts;
    private long loopNanos;
    private double best;

    Side(List<String> command) throws IOException {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String line = process.inputReader().readLine();
      if (line == null) {
        throw new IOException("nothing listens: " + String.join(" ", command));
      }
      Ready ready = Ready.parse(line);
      meter = UsageMeter.of(ready.pid(), SystemNanoClock.INSTANCE);
      posters = new PostClient(ready, MEMBERS, CONNECTIONS);
    }

    void warmUp() throws IOException {
      posters.post(SECONDS);
    }

    void round() throws IOException {
      meter.begin();
      long more = posters.post(SECONDS);
      Usage used = meter.end(Map.of());
      posts += more;
      loopNanos += used.cpuNanosByGroup().get("loops");
      best = Math.max(best, (double) more / SECONDS);
    }

    double microsPerPost() {
      return loopNanos / NANOS_PER_MICRO / posts;
    }

    @Override
    public void close() throws IOException {
      posters.close();
      process.destroy();
    }
  }

  /** Runs it, about a minute and a half. */
  public static void main(String[] none) throws IOException {
    try (Side door = new Side(emulator());
        Side loop =
            new Side(
                java("-cp", System.getProperty("java.class.path"), PostLoop.class.getName()))) {
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        door.warmUp();
        loop.warmUp();
      }
      for (Side side : List.of(door, loop, loop, door)) {
        side.round();
      }
      System.exit(report(door, loop) ? 0 : 1);
    }
  }

  private static boolean report(Side door, Side loop) {
    double ratio = door.microsPerPost() / loop.microsPerPost();
    print("front door", door);
    print("lean loop ", loop);
    System.out.printf(Locale.ROOT, "ratio      %.2f, at most %.1f%n", ratio, MOST_RATIO);
    return ratio <= MOST_RATIO && door.best >= LEAST_PER_SECOND;
  }

  private static void print(String name, Side side) {
    System.out.printf(
        Locale.ROOT,
        "%s %.1f us of CPU for each of %,d posts, %,.0f posts/s at best%n",
        name,
        side.microsPerPost(),
        side.posts,
        side.best);
  }

  private static List<String> emulator() throws IOException {
    Path classPath = EMULATOR.resolve("launch.classpath");
    if (!Files.exists(classPath)) {
      throw new IOException(classPath + " is missing; run mvn package in the project's directory");
    }
    Path template = Files.createTempFile("ids", ".yaml");
    template.toFile().deleteOnExit();
    try (InputStream ids = FrontDoorCost.class.getResourceAsStream("ids.yaml")) {
      Files.copy(ids, template, StandardCopyOption.REPLACE_EXISTING);
    }
    return java(
        "--enable-native-access=ALL-UNNAMED",
        "-Dio.netty.leakDetection.level=disabled",
        "-cp",
        EMULATOR.resolve("classes") + File.pathSeparator + Files.readString(classPath).strip(),
        EMULATOR_MAIN,
        "--watch-parent",
        "--template",
        template.toString(),
        "--signatures",
        "off",
        "--quota",
        "accountPerSecond=1000000",
        "--quota",
        "accountBurst=1000000",
        "--quota",
        "connectBurst=" + MEMBERS);
  }

  private static List<String> java(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    return command;
  }
}
