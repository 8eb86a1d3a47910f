package dev.fanbench.gatling.options;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.fleet.IdentityTable;
import dev.fanbench.gatling.fleet.SourceSet;
import dev.fanbench.gatling.fleet.Trust;
import dev.fanbench.measurement.host.ProcessSet;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.workload.Shard;
import dev.fanbench.measurement.workload.SharedWorkload;
import dev.fanbench.measurement.workload.Workload;
import dev.fanbench.reports.WorkFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a run, checked. Immutable.
 *
 * @param targets in the order they are measured, the floor first if it is
 * @param offered the workload for each of them, and the share of this process
 * @param slos thresholds: those that gate fail the run, the others are answered on the page
 * @param dialect the protocol of targets by URL
 * @param leftOut measured phases of the workload that the dialect cannot have, by name
 * @param trust certificates accepted for wss:// targets
 * @param headers sent with every connect
 * @param identities the name and credentials of each client
 * @param signing the signer of connects to remote targets; empty when they are not signed
 * @param serverless settings of the serverless chat, by key; a variant has its own
 * @param index all options of the checkout
 * @param home the checkout's top directory
 * @param values of the options that are no part of the above; see {@link #get}
 */
public record Options(
    List<TargetChoice> targets,
    SharedWorkload offered,
    List<Slo> slos,
    Dialect dialect,
    List<String> leftOut,
    Trust trust,
    Map<String, String> headers,
    IdentityTable identities,
    Optional<Signing> signing,
    Map<String, String> serverless,
    OptionIndex index,
    Path home,
    Map<Option<?>, Optional<?>> values) {

  public Options {
    targets = List.copyOf(targets);
    slos = List.copyOf(slos);
    leftOut = List.copyOf(leftOut);
    headers = Map.copyOf(headers);
    serverless = Map.copyOf(serverless);
    values = Map.copyOf(values);
  }

  /** The same in a duet: this one target, which takes short blocks in turn with the other one. */
  Options inDuet(TargetChoice target) {
    Workload workload = offered.whole();
    return new Options(
        List.of(target),
        SharedWorkload.alone(
            new Workload(
                workload.name(),
                workload.phases().stream().map(BlockPlan::cutForDuet).toList(),
                workload.arrivals(),
                workload.payloadBytes(),
                workload.drainMillis(),
                workload.seed())),
        slos,
        dialect,
        leftOut,
        trust,
        headers,
        identities,
        signing,
        serverless,
        index,
        home,
        values);
  }

  /** The workload that this process offers to each target. */
  public Workload workload() {
    return offered.own();
  }

  /** The load process that this is. */
  public Shard shard() {
    return offered.shard();
  }

  /** The address at which all load processes of the run meet. */
  public PeerAddress peers() {
    return find(OptionCatalog.PEERS).orElse(PeerAddress.LOOPBACK);
  }

  /** The value of an option of the catalog. */
  public <T> T get(Option<T> option) {
    return find(option).orElseThrow();
  }

  /** The value of an option of the catalog that has no default; empty when it was not given. */
  @SuppressWarnings("unchecked") // OptionsReader puts each option's own values in.
  public <T> Optional<T> find(Option<T> option) {
    return (Optional<T>) values.get(option);
  }

  /** The price list, where one is given. */
  public Optional<Path> priceFile() {
    return find(OptionCatalog.PRICES).map(word -> InputFile.of(home, word));
  }

  /** A directory that was given, below the folder for results unless it is absolute. */
  public Path directory(Option<String> option) {
    return WorkFolder.results(home).resolve(get(option));
  }

  /** The processes of the target by URL, where {@code pid} or {@code cgroup} names them. */
  public Optional<ProcessSet> metered() {
    return metered(find(OptionCatalog.PID), find(OptionCatalog.CGROUP));
  }

  static Optional<ProcessSet> metered(Optional<Long> pid, Optional<String> cgroup) {
    return pid.isPresent()
        ? pid.map(ProcessSet.Tree::new)
        : cgroup.map(path -> new ProcessSet.ControlGroup(Path.of(path)));
  }

  /** The addresses that connections come from. */
  public SourceSet sources() {
    return find(OptionCatalog.SOURCES).orElse(SourceSet.AUTOMATIC);
  }

  /** Whether targets that fanbench starts ask each connection for a token. */
  public boolean auth() {
    return get(OptionCatalog.AUTH).equals("jwt");
  }

  /** The share of the longest warm-up that every target gets, from 0 to 1. */
  public double leastWarmUp() {
    double least = get(OptionCatalog.WARM_UP);
    double longest = find(OptionCatalog.WARM_UP_LIMIT).orElse(least);
    return longest <= least ? 1 : least / longest;
  }

  /** Options of this serverless target, by key: a variant's own, or those of all others. */
  public Map<String, String> serverless(TargetChoice choice) {
    return choice instanceof TargetChoice.Started server && !server.settings().isEmpty()
        ? server.settings()
        : serverless;
  }

  /** Share of a room's members that are stale when this target is measured, from 0 to 0.5. */
  public double stale(TargetChoice choice) {
    return Double.parseDouble(serverless(choice).get(OptionCatalog.STALE.key()));
  }
}
