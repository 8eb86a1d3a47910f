package dev.fanbench.gatling.target;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.fleet.HandshakeCredential;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.host.ProcessSet;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.target.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes of one server that are one chat, each a child process of ours, and the Redis between them.
 * Clients connect to the nodes in turn.
 *
 * <p>CPU and memory are those of all nodes and of Redis, whose CPU is told as the store's. Counters
 * are the sums over the nodes. An outage ends one node, the last, and starts it again; its clients
 * come back to any. Thread-safe.
 */
final class NodeCluster implements Target {
  private final RedisServer redis;
  private final List<LaunchedTarget> nodes;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile boolean closing;

  private NodeCluster(RedisServer redis, List<LaunchedTarget> nodes) {
    this.redis = redis;
    this.nodes = List.copyOf(nodes);
  }

  /** Starts Redis and then all nodes at a time. Blocks until all are ready. */
  static NodeCluster start(TargetChoice.Started choice, Options options, Pinning pinning, int count)
      throws TargetFailure, InterruptedException {
    RedisServer redis = startRedis(choice);
    pinning.release(redis.pid());
    LaunchedTarget first =
        LaunchedTarget.of(LaunchPlan.of(choice, options).asNode(redis.uri()), options, pinning);
    List<LaunchedTarget> nodes = new ArrayList<>(List.of(first));
    while (nodes.size() < count) {
      nodes.add(first.twin());
    }
    NodeCluster cluster = new NodeCluster(redis, nodes);
    boolean ready = false;
    try {
      for (LaunchedTarget node : nodes) {
        node.begin();
      }
      for (LaunchedTarget node : nodes) {
        node.awaitReady();
      }
      cluster.watch();
      ready = true;
      return cluster;
    } finally {
      if (!ready) {
        cluster.close();
      }
    }
  }

  private static RedisServer startRedis(TargetChoice choice) throws TargetFailure {
    try {
      return RedisServer.start();
    } catch (IOException none) {
      throw new TargetFailure(
          "The nodes of %s need a Redis: %s.".formatted(choice.label(), none.getMessage()));
    }
  }

  private void watch() {
    for (LaunchedTarget node : nodes) {
      var unused = node.ended().thenAccept(ended::complete);
    }
    ProcessHandle.of(redis.pid())
        .ifPresent(
            process -> {
              var unused = process.onExit().thenAccept(this::redisEnded);
            });
  }

  private void redisEnded(ProcessHandle process) {
    if (!closing) {
      ended.complete(
          "target died: the Redis of %s (process %d) has ended"
              .formatted(nodes.get(0).description().label(), process.pid()));
    }
  }

  @Override
  public URI url() {
    return nodes.get(0).url();
  }

  @Override
  public List<URI> urls() {
    return nodes.stream().map(LaunchedTarget::url).toList();
  }

  @Override
  public TargetDescription description() {
    TargetDescription node = nodes.get(0).description();
    Map<String, String> settings = new TreeMap<>(node.settings());
    settings.computeIfPresent(
        "arguments", (key, text) -> text.replace(redis.uri().toString(), "{redis}"));
    settings.put("nodes", String.valueOf(nodes.size()));
    return new TargetDescription(
        node.label(),
        urls().stream().map(URI::toString).collect(Collectors.joining(", ")),
        node.launched(),
        "this machine, loopback, %d processes and a redis-server, whose CPU is told as the store's"
            .formatted(nodes.size()),
        node.kind(),
        node.modelled(),
        settings);
  }

  /** The process of the first node. */
  @Override
  public OptionalLong pid() {
    return nodes.get(0).pid();
  }

  @Override
  public List<Long> roots() {
    return Stream.concat(
            nodes.stream().flatMap(node -> node.roots().stream()), Stream.of(redis.pid()))
        .toList();
  }

  @Override
  public Optional<ProcessSet> metered() {
    return Optional.of(
        new ProcessSet.Several(roots().stream().<ProcessSet>map(ProcessSet.Tree::new).toList()));
  }

  @Override
  public Map<String, Double> counters() {
    Map<String, Double> sums = new TreeMap<>();
    for (LaunchedTarget node : nodes) {
      node.counters().forEach((name, value) -> sums.merge(name, value, Double::sum));
    }
    return sums;
  }

  @Override
  public void inject(String fault) throws TargetFailure {
    for (LaunchedTarget node : nodes) {
      node.inject(fault);
    }
  }

  @Override
  public boolean collectGarbage() {
    boolean all = true;
    for (LaunchedTarget node : nodes) {
      all &= node.collectGarbage();
    }
    return all;
  }

  @Override
  public boolean undergo(Outage outage) throws TargetFailure, InterruptedException {
    return nodes.get(nodes.size() - 1).undergo(outage);
  }

  @Override
  public HandshakeCredential credential() {
    return nodes.get(0).credential();
  }

  @Override
  public Dialect dialect() {
    return nodes.get(0).dialect();
  }

  @Override
  public CompletableFuture<String> ended() {
    return ended;
  }

  @Override
  public void close() {
    closing = true;
    nodes.forEach(LaunchedTarget::close);
    redis.close();
  }
}
