package dev.fanbench.gatling.target;

import dev.fanbench.gatling.options.ChatParameter;
import dev.fanbench.gatling.options.OptionCatalog;
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
 * @param options what was chosen, by key
 */
record LaunchPlan(
    String label,
    String kind,
    String module,
    String mainClass,
    List<String> arguments,
    List<String> modelled,
    Map<String, String> options) {

  private static final String SERVERLESS = "serverless";

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

  /**
   * The plan of any target that is not remote.
   *
   * @throws IllegalArgumentException for one that is
   */
  static LaunchPlan of(TargetChoice choice, Options options) {
    if (choice.isServerless()) {
      return serverless(choice.label(), options.serverless(choice), options.index().chat());
    }
    if (choice == TargetChoice.Launched.NETTY) {
      return netty(choice.label(), options);
    }
    if (choice == TargetChoice.Launched.FLOOR) {
      return floor(choice.label());
    }
    throw new IllegalArgumentException(choice.label() + " runs already");
  }

  private static LaunchPlan netty(String label, Options options) {
    String deflate = options.get(OptionCatalog.DEFLATE) ? "on" : "off";
    return new LaunchPlan(
        label,
        "in-memory",
        "netty-baseline",
        "dev.fanbench.baseline.NettyTarget",
        List.of("--transport", options.get(OptionCatalog.TRANSPORT), "--deflate", deflate),
        List.of(),
        Map.of("deflate", deflate));
  }

  private static LaunchPlan floor(String label) {
    return new LaunchPlan(
        label, "floor", "floor", "dev.fanbench.floor.FloorTarget", List.of(), List.of(), Map.of());
  }

  private static LaunchPlan serverless(
      String label, Map<String, String> serverless, List<ChatParameter> chat) {
    return new LaunchPlan(
        label,
        SERVERLESS,
        "target-system/emulator",
        "dev.fanbench.emulator.ServerlessTarget",
        arguments(serverless, chat),
        List.of(
            "API Gateway and Lambda: emulated on this machine"
                + (serverless.get("model").equals("none") ? ", no latency model" : ""),
            "store: " + store(serverless)),
        serverless);
  }

  /** The same target asking for tokens; it finds their secret in its environment. */
  LaunchPlan withAuth() {
    List<String> more = new ArrayList<>(arguments);
    more.addAll(List.of("--auth", "jwt"));
    return new LaunchPlan(label, kind, module, mainClass, more, modelled, options);
  }

  /** Whether it is API Gateway and functions, whose connections belong to no process. */
  boolean isServerless() {
    return kind.equals(SERVERLESS);
  }

  /** The whole command line. */
  List<String> command(Path home, Pinning pinning, int port) throws TargetFailure {
    List<String> command = new ArrayList<>(pinning.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_ARGUMENTS);
    command.addAll(pinning.jvmArguments());
    command.addAll(List.of("-cp", classPath(home), mainClass));
    command.addAll(List.of("--port", String.valueOf(port), "--watch-parent"));
    command.addAll(arguments);
    return command;
  }

  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(options);
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

  /** The store in words: what it is, and whether its CPU is among the target's. */
  private static String store(Map<String, String> serverless) {
    if (serverless.get("store").equals("dynamodb")) {
      return "DynamoDB Local";
    }
    String redis = serverless.get("redis");
    return redis == null
        ? "redis-server, started by the target, its CPU told as the target's store"
        : "Redis at " + redis + ", its CPU not among the target's (counter redis.cpuMicros)";
  }

  private static List<String> arguments(Map<String, String> serverless, List<ChatParameter> chat) {
    List<String> arguments = new ArrayList<>();
    for (ChatParameter parameter : chat) {
      String value = serverless.get(parameter.option().key());
      arguments.addAll(List.of("--parameter", parameter.argument(value)));
    }
    arguments.addAll(List.of("--model", serverless.get("model")));
    arguments.addAll(List.of("--signatures", serverless.get("signatures")));
    if (serverless.containsKey("quotas")) {
      for (String quota : serverless.get("quotas").split(",", -1)) {
        arguments.addAll(List.of("--quota", quota));
      }
    }
    if (!serverless.get("post").equals("none")) {
      arguments.addAll(List.of("--post", serverless.get("post").replace("ms", "")));
    }
    if (serverless.containsKey("redis")) {
      arguments.addAll(List.of("--store", "redis", "--redis", serverless.get("redis")));
    }
    return arguments;
  }
}
