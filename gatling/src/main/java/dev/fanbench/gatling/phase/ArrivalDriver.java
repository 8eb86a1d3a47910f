package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseShare;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/** Performs the arrivals of a phase on the wire. */
interface ArrivalDriver {

  /**
   * Opens the connections a phase needs and waits until the target has confirmed every one.
   *
   * @param progress told how many are confirmed
   * @return a sentence for each failure; empty when everything is in place
   */
  List<String> prepare(IntConsumer progress);

  /** The connections that {@link #prepare} opens, and who has them. */
  SlotMap slotMap();

  /** The event loop arrival {@code n} goes off on. */
  ScheduledExecutorService executor(int n);

  /** Arrival {@code n}: called on its loop when its instant has come. */
  void arrive(int n, PhaseRecorder recorder);

  /** The connects that are arrivals; empty where arrivals are something else. */
  default Optional<ConnectTally> connects() {
    return Optional.empty();
  }

  /** Publishers the phase has, for the recorder; at least 1. */
  int publishers();

  /**
   * The driver of a phase.
   *
   * @param share of the phase that this process offers
   * @param runTag letters and digits that make room names new to the target
   * @param firstPublisher number of its first publisher, unique in the run
   * @param clock the run's
   */
  static ArrivalDriver of(
      PhaseShare share,
      Fleet fleet,
      String runTag,
      int firstPublisher,
      int payloadBytes,
      NanoClock clock) {
    Phase phase = share.own();
    IntUnaryOperator number = own -> firstPublisher + share.shard().nth(own);
    return switch (phase.kind()) {
      case IDLE -> new SilentDriver(share, fleet, runTag, clock);
      case CONNECT -> new ConnectDriver(fleet, runTag + "-" + phase.name(), number.applyAsInt(0));
      case ECHO ->
          SendingDriver.echo(
              phase,
              fleet,
              runTag,
              (client, i) -> client.request(number.applyAsInt(i), payloadBytes));
      case CHAT, FANOUT ->
          SendingDriver.rooms(
              share,
              fleet,
              runTag,
              (client, room, i) -> client.publication(room, number.applyAsInt(i), payloadBytes));
    };
  }
}
