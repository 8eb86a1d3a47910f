package dev.fanbench.gatling.options;

import dev.fanbench.gatling.fleet.Dialect;
import dev.fanbench.gatling.fleet.Trust;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.workload.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that was asked for, checked.
 *
 * @param targets in the order they are measured
 * @param workload for each of them
 * @param floorWorkload for the floor target; empty when it is not measured
 * @param slos thresholds: those that gate fail the run, the others are answered on the page
 * @param dialect how targets by URL are spoken to
 * @param leftOut measured phases of the workload that cannot be in that dialect, by name
 * @param trust whose certificates are believed, for wss:// targets
 * @param headers sent with every connect
 * @param auth whether the targets that fanbench starts ask each connection for a token
 * @param signing how connects to remote targets are signed; empty when they are not
 * @param serverless options of the serverless target, by key; a variant has its own
 * @param prices a price file instead of the one the reports ship
 * @param repeats how many phases of a run are measured again when stalls of the load spoiled them
 * @param maxDeliveries the most deliveries a remote target may be asked for
 * @param pin whether load and target are kept on different cores
 * @param transport how the in-memory target asks the kernel
 * @param deflate whether connects offer permessage-deflate, and the in-memory target agrees to it;
 *     the serverless chat always does
 * @param live the port of the page that shows the run in progress, 0 for any; empty for no page
 * @param home the checkout's top directory
 * @param runs where run directories go
 * @param site where the report goes
 */
public record Options(
    List<TargetChoice> targets,
    Workload workload,
    Optional<Workload> floorWorkload,
    List<Slo> slos,
    Dialect dialect,
    List<String> leftOut,
    Trust trust,
    Map<String, String> headers,
    boolean auth,
    Optional<Signing> signing,
    Map<String, String> serverless,
    Optional<Path> prices,
    int repeats,
    long maxDeliveries,
    boolean pin,
    String transport,
    boolean deflate,
    OptionalInt live,
    Path home,
    Path runs,
    Path site) {

  public Options {
    targets = List.copyOf(targets);
    slos = List.copyOf(slos);
    leftOut = List.copyOf(leftOut);
    headers = Map.copyOf(headers);
    serverless = Map.copyOf(serverless);
  }

  /** Options of this serverless target, by key: a variant's own, or those of all others. */
  public Map<String, String> serverless(TargetChoice choice) {
    return choice instanceof TargetChoice.Variant variant ? variant.serverless() : serverless;
  }

  /** Share of a room's members that are stale when this target is measured, from 0 to 0.5. */
  public double stale(TargetChoice choice) {
    return Double.parseDouble(serverless(choice).get(Key.STALE.key()));
  }
}
