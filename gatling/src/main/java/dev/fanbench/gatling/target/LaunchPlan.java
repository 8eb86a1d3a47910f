package dev.fanbench.gatling.target;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.ChatParameter;
import dev.fanbench.gatling.options.ModuleClassPath;
import dev.fanbench.gatling.options.Option;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.ServerDescriptor;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.target.TargetKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line of a server that fanbench starts, and its settings for the report.
 *
 * @param label of the target
 * @param server its description
 * @param arguments for it, besides those of every target
 * @param modelled the parts that are not the real thing, in words for the report
 * @param options the options that were passed on, by key
 */
record LaunchPlan(
    String label,
    ServerDescriptor server,
    List<String> arguments,
    List<String> modelled,
    Map<String, String> options) {

  /**
   * Heap, collector and allocator are fixed so that runs compare. More than 512 MB of heap, because
   * Netty's adaptive allocator drops its thread-local magazines below it. The serial collector,
   * because a pinned target has one core and the live sets are small.
   */
  static final List<String> JVM_ARGUMENTS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-XX:+AlwaysPreTouch",
          "-Dio.netty.leakDetection.level=disabled");

  private static final List<String> NONE = List.of();

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

  /** Ends the server when its standard input ends, as {@code --watch-parent} does. */
  private static final String GUARD =
      "exec 3<&0; \"$@\" </dev/null & server=$!;"
          + " (cat <&3; kill $server) >/dev/null 2>&1 & wait $server";

  /** The plan of a server. */
  static LaunchPlan of(TargetChoice.Started choice, Options options) {
    ServerDescriptor server = choice.server();
    Map<String, String> settings =
        choice.isServerless() ? options.serverless(choice) : passedOn(server, options);
    List<String> arguments =
        server.fixedArguments().isEmpty()
            ? new ArrayList<>(
                server.arguments().stream().map(text -> filled(text, settings)).toList())
            : new ArrayList<>(server.fixedArguments());
    if (choice.isServerless()) {
      arguments.addAll(chatArguments(settings, options.index().chat()));
    }
    return new LaunchPlan(
        choice.label(),
        server,
        arguments,
        choice.isServerless() ? emulated(settings) : List.of(),
        settings);
  }

  /** The values of the options that a description names. */
  private static Map<String, String> passedOn(ServerDescriptor server, Options options) {
    Map<String, String> values = new TreeMap<>();
    for (String argument : server.fixedArguments().isEmpty() ? server.arguments() : NONE) {
      Matcher named = PLACEHOLDER.matcher(argument);
      while (named.find()) {
        String key = named.group(1);
        Option<?> option =
            options
                .index()
                .named(key)
                .orElseThrow(
                    () ->
                        new BadOption(
                            "%s: arguments has {%s}, which is not an option of the load."
                                .formatted(server.folder().resolve("server.conf"), key)));
        Object value = options.get(option);
        values.put(key, value instanceof Boolean on ? (on ? "on" : "off") : String.valueOf(value));
      }
    }
    return values;
  }

  private static String filled(String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            named -> Matcher.quoteReplacement(values.getOrDefault(named.group(1), named.group())));
  }

  /** The same server asking for tokens; it finds their secret in its environment. */
  LaunchPlan withAuth() {
    List<String> more = new ArrayList<>(arguments);
    more.addAll(List.of("--auth", "jwt"));
    return new LaunchPlan(label, server, more, modelled, options);
  }

  /**
   * The same server as a node of several.
   *
   * @param redis the address of the Redis that they share
   */
  LaunchPlan asNode(URI redis) {
    List<String> more = new ArrayList<>(arguments);
    for (String argument : server.nodeArguments()) {
      more.add(filled(argument, Map.of("redis", redis.toString())));
    }
    return new LaunchPlan(label, server, more, modelled, options);
  }

  /** Whether it is API Gateway and functions, whose connections belong to no process. */
  boolean isServerless() {
    return server.kind() == TargetKind.SERVERLESS;
  }

  /**
   * The whole command line.
   *
   * @param port 0 for any free one, which a server without a READY line does not take
   */
  List<String> command(Path home, Pinning pinning, int port) throws TargetFailure {
    List<String> command = new ArrayList<>(pinning.prefix());
    if (server.java().isPresent()) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmArguments());
      command.addAll(pinning.jvmArguments());
      command.addAll(List.of("-cp", classPath(home, server), server.java().orElseThrow().main()));
      command.addAll(List.of("--port", String.valueOf(port), "--watch-parent"));
    } else {
      command.addAll(List.of("sh", "-c", GUARD, "guard"));
      Map<String, String> values = Map.of("port", String.valueOf(port));
      server.command().forEach(word -> command.add(filled(word, values)));
    }
    command.addAll(arguments);
    return command;
  }

  private List<String> jvmArguments() {
    String heap = server.java().orElseThrow().heap();
    List<String> all = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
    all.addAll(JVM_ARGUMENTS);
    return all;
  }

  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(options);
    if (server.java().isPresent()) {
      settings.put("JVM arguments", String.join(" ", jvmArguments()));
    } else {
      settings.put("command", String.join(" ", server.command()));
    }
    if (!arguments.isEmpty()) {
      settings.put("arguments", String.join(" ", arguments));
    }
    return settings;
  }

  /**
   * The class path of a server of this project, as its build has written it.
   *
   * @throws TargetFailure if it is not built
   */
  static String classPath(Path home, ServerDescriptor server) throws TargetFailure {
    try {
      return ModuleClassPath.of(home, server.java().orElseThrow().module()).text();
    } catch (IOException e) {
      throw new TargetFailure(
          "Target " + server.name() + " is not built: run mvn test-compile in " + home + " first.");
    }
  }

  private static List<String> emulated(Map<String, String> settings) {
    return List.of(
        "API Gateway and Lambda: emulated on this machine"
            + (settings.get(OptionCatalog.MODEL.key()).equals("none") ? ", no latency model" : ""),
        "store: " + store(settings));
  }

  /** The store in words: what it is, and whether its CPU is among the target's. */
  private static String store(Map<String, String> settings) {
    if (settings.get("store").equals("dynamodb")) {
      return "DynamoDB Local";
    }
    String redis = settings.get("redis");
    return redis == null
        ? "redis-server, started by the target, its CPU told as the target's store"
        : "Redis at " + redis + ", its CPU not among the target's (counter redis.cpuMicros)";
  }

  /** The arguments that only the chat has: its template's parameters, quotas, posts and Redis. */
  private static List<String> chatArguments(
      Map<String, String> settings, List<ChatParameter> chat) {
    List<String> arguments = new ArrayList<>();
    for (ChatParameter parameter : chat) {
      String value = settings.get(parameter.option().key());
      arguments.addAll(List.of("--parameter", parameter.argument(value)));
    }
    if (settings.containsKey("quotas")) {
      for (String quota : settings.get("quotas").split(",", -1)) {
        arguments.addAll(List.of("--quota", quota));
      }
    }
    if (!settings.get("post").equals("none")) {
      arguments.addAll(List.of("--post", settings.get("post").replace("ms", "")));
    }
    if (settings.containsKey("redis")) {
      arguments.addAll(List.of("--store", "redis", "--redis", settings.get("redis")));
    }
    return arguments;
  }
}
