package dev.fanbench.reports;

import dev.fanbench.measurement.run.TargetDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A target that exists on paper only: what it costs to reach each subscriber, drawn from a seed.
 *
 * @param description how it calls itself
 * @param fixedNanos typical time before anybody has the message
 * @param perSubscriberNanos typical time from one subscriber to the next
 * @param spread how far times scatter: standard deviation of their logarithm
 * @param cpuByGroup on-CPU nanoseconds for one delivery by thread group
 * @param dropEvery one delivery in so many never comes; 0 for none
 */
record SimulatedTarget(
    TargetDescription description,
    double fixedNanos,
    double perSubscriberNanos,
    double spread,
    Map<String, Long> cpuByGroup,
    int dropEvery) {

  static SimulatedTarget inMemory(String label) {
    return new SimulatedTarget(
        described(label, "in-memory", List.of()),
        210_000,
        7_800,
        0.25,
        Map.of("loops", 5_100L, "gc", 90L, "jit", 140L, "other", 60L),
        0);
  }

  static SimulatedTarget serverless(String label) {
    return new SimulatedTarget(
        described(
            label,
            "serverless",
            List.of(
                "API Gateway: fanbench's emulator on this machine, no added latency",
                "Lambda: one JVM, at most 32 environments",
                "store: DynamoDB Local")),
        3_900_000,
        58_000,
        0.32,
        Map.of(
            "loops",
            11_200L,
            "functions",
            21_000L,
            "sdk",
            48_000L,
            "store",
            9_000L,
            "gc",
            4_100L,
            "jit",
            5_200L,
            "other",
            2_000L),
        0);
  }

  static SimulatedTarget durableObject(String label) {
    return new SimulatedTarget(
        described(label, "durable-object", List.of()),
        400_000,
        20_000,
        0.25,
        Map.of("other", 21_000L),
        0);
  }

  static SimulatedTarget server(String label) {
    return new SimulatedTarget(
            described(label, "server", List.of()),
            500_000,
            15_000,
            0.25,
            Map.of("other", 15_000L),
            0)
        .with("version", "1.2.3")
        .named(label);
  }

  static SimulatedTarget floor() {
    return new SimulatedTarget(
        described("floor", "floor", List.of()), 60_000, 4_300, 0.15, Map.of("other", 4_400L), 0);
  }

  /** A server that runs already, of which nothing but its URL is known. */
  static SimulatedTarget remote(String label) {
    TargetDescription description =
        new TargetDescription(
            label, "wss://" + label + "/dev", false, "elsewhere", "remote", List.of(), Map.of());
    return new SimulatedTarget(description, 3_000_000, 9_000, 0.25, Map.of(), 0);
  }

  SimulatedTarget dropping(int every) {
    return new SimulatedTarget(
        description, fixedNanos, perSubscriberNanos, spread, cpuByGroup, every);
  }

  /** The same target, started with this setting. */
  SimulatedTarget with(String setting, String value) {
    Map<String, String> settings = new TreeMap<>(description.settings());
    settings.put(setting, value);
    String label = description.label() + " " + setting + "=" + value;
    return described(label, description.modelled(), settings);
  }

  private SimulatedTarget named(String label) {
    return described(label, description.modelled(), description.settings());
  }

  /** The same target, with a model that decides how long it takes. */
  SimulatedTarget modelled(String model) {
    List<String> modelled = new ArrayList<>(description.modelled());
    modelled.add("latencies: model " + model);
    return described(description.label() + "-" + model, modelled, description.settings());
  }

  private SimulatedTarget described(
      String label, List<String> modelled, Map<String, String> settings) {
    return new SimulatedTarget(
        new TargetDescription(
            label,
            description.url(),
            description.launched(),
            description.place(),
            description.kind(),
            modelled,
            settings),
        fixedNanos,
        perSubscriberNanos,
        spread,
        cpuByGroup,
        dropEvery);
  }

  private static TargetDescription described(String label, String kind, List<String> modelled) {
    return new TargetDescription(
        label,
        "ws://127.0.0.1:9001/dev",
        true,
        "this machine, loopback, own process",
        kind,
        modelled,
        Map.of("--stage", "dev"));
  }
}
