package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.JoinResult;
import dev.fanbench.gatling.fleet.SendOutcome;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.gatling.fleet.StampedText;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Arrivals are stamped texts. Senders take turns and never wait for an answer before the next text.
 */
final class SendingDriver implements ArrivalDriver {
  private static final int MAX_FAILURES_NAMED = 3;

  private final Fleet fleet;
  private final SlotMap slotMap;
  private final List<StampedText> texts;

  /**
   * @param slots of all clients; the first ones are the senders
   * @param texts one for each sender
   */
  private SendingDriver(Fleet fleet, List<ClientSlot> slots, List<StampedText> texts) {
    this.fleet = fleet;
    this.slotMap = new SlotMap(slots);
    this.texts = List.copyOf(texts);
  }

  /** Requests ({@code rpc}) whose answer goes to the client that asked. */
  static ArrivalDriver echo(Phase phase, Fleet fleet, String tag, IntFunction<StampedText> texts) {
    String room = tag + "-" + phase.name();
    List<ClientSlot> slots =
        IntStream.range(0, phase.rooms())
            .mapToObj(i -> new ClientSlot(new StampMeaning.RoundTrip(i), room))
            .toList();
    return new SendingDriver(fleet, slots, texts(phase, texts));
  }

  /**
   * Publications. Each room has one publisher, a member like any other; the phase's subscribers are
   * spread over the rooms evenly.
   */
  static ArrivalDriver rooms(Phase phase, Fleet fleet, String tag, IntFunction<StampedText> texts) {
    List<String> rooms = RoomNaming.of(phase, tag);
    List<ClientSlot> slots = new ArrayList<>(ClientSlot.publishers(rooms));
    slots.addAll(ClientSlot.subscribers(phase.subscribers(), rooms));
    return new SendingDriver(fleet, slots, texts(phase, texts));
  }

  @Override
  public List<String> prepare(IntConsumer progress) {
    JoinResult joinResult =
        fleet.joinAll(slotMap.slots(), Fleet.DEFAULT_CONCURRENCY, progress).join();
    List<Client> clients = joinResult.clients();
    IntStream.range(0, clients.size()).forEach(i -> slotMap.take(i, clients.get(i)));
    List<String> failures = joinResult.failures();
    return failures.subList(0, Math.min(MAX_FAILURES_NAMED, failures.size()));
  }

  @Override
  public SlotMap slotMap() {
    return slotMap;
  }

  @Override
  public ScheduledExecutorService executor(int n) {
    return sender(n).executor();
  }

  @Override
  public void arrive(int n, PhaseRecorder recorder) {
    SendOutcome outcome =
        sender(n).send(texts.get(n % texts.size()), n, recorder.intendedAtNanos(n), recorder::sent);
    if (outcome != SendOutcome.SENT) {
      recorder.failed(n);
    }
  }

  @Override
  public int publishers() {
    return texts.size();
  }

  private Client sender(int n) {
    return slotMap.client(n % texts.size());
  }

  private static List<StampedText> texts(Phase phase, IntFunction<StampedText> texts) {
    return IntStream.range(0, phase.rooms()).mapToObj(texts).toList();
  }
}
