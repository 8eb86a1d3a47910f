package dev.fanbench.gatling.target;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a target that fanbench ships is started.
 *
 * @param label of the target
 * @param kind for the report: in-memory, serverless or floor
 * @param module directory below the checkout whose build wrote {@code target/launch.classpath}
 * @param mainClass to run
 * @param arguments to give it, besides those every target takes
 * @param modelled parts that are not the real thing, in words for the report
 */
record LaunchPlan(
    String label,
    String kind,
    String module,
    String mainClass,
    List<String> arguments,
    List<String> modelled) {

  /**
   * Heap, collector and allocator are fixed so that runs compare. More than 512 MB of heap, because
   * below it Netty's adaptive allocator drops its thread-local magazines; the serial collector,
   * because a pinned target has one core and the live sets are small.
   */
  static final List<String> JVM_ARGUMENTS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-Xms1g",
          "-Xmx1g",
          "-XX:+UseSerialGC",
          "-XX:+AlwaysPreTouch",
          "-Dio.netty.leakDetection.level=disabled");

  static LaunchPlan of(TargetChoice.Launched choice, Options options) {
    return switch (choice) {
      case NETTY ->
          new LaunchPlan(
              choice.label(),
              "in-memory",
              "netty-baseline",
              "dev.fanbench.baseline.NettyTarget",
              List.of(),
              List.of());
      case SERVERLESS ->
          new LaunchPlan(
              choice.label(),
              "serverless",
              "target-system/emulator",
              "dev.fanbench.emulator.ServerlessTarget",
              parameters(options.serverless()),
              List.of(
                  "API Gateway and Lambda: emulated on this machine, no latency model",
                  "store: DynamoDB Local"));
      case FLOOR ->
          new LaunchPlan(
              choice.label(),
              "floor",
              "measurement",
              "dev.fanbench.measurement.floor.FloorTarget",
              List.of(),
              List.of());
    };
  }

  /** The whole command line. */
  List<String> command(Path home, Pinning pinning) throws TargetFailure {
    List<String> command = new ArrayList<>(pinning.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_ARGUMENTS);
    command.addAll(pinning.jvmArguments());
    command.addAll(List.of("-cp", classPath(home), mainClass, "--port", "0", "--watch-parent"));
    command.addAll(arguments);
    return command;
  }

  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("JVM arguments", String.join(" ", JVM_ARGUMENTS));
    if (!arguments.isEmpty()) {
      settings.put("arguments", String.join(" ", arguments));
    }
    return settings;
  }

  private String classPath(Path home) throws TargetFailure {
    Path built = home.resolve(module).resolve("target");
    try {
      String dependencies = Files.readString(built.resolve("launch.classpath")).trim();
      return built.resolve("classes") + File.pathSeparator + dependencies;
    } catch (IOException e) {
      throw new TargetFailure(
          "Target " + label + " is not built: run mvn test-compile in " + home + " first.");
    }
  }

  /** Posting serially is posting with one post in flight. */
  private static List<String> parameters(Map<String, String> serverless) {
    int concurrency =
        serverless.get("broadcast").equals("serial")
            ? 1
            : Integer.parseInt(serverless.get("postConcurrency"));
    return List.of("--parameter", "PostConcurrency=" + concurrency);
  }
}
