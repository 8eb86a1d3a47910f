package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.SendOutcome;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.gatling.fleet.StampedText;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseShare;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Arrivals are stamped texts. Senders take turns and never wait for an answer before the next text.
 */
final class SendingDriver implements ArrivalDriver {
  private final Fleet fleet;
  private final SlotMap slotMap;
  private final BiFunction<Client, Integer, StampedText> compose;
  private final int senders;

  /** Senders that are one client after the other, because it sends to each of its rooms. */
  private final int sendersOfClient;

  /** Of each sender, and the client they were composed for; each touched on its loop only. */
  private final AtomicReferenceArray<Composed> composed;

  private record Composed(Client client, StampedText text) {}

  /**
   * @param slots of all clients; the first ones are the senders
   * @param sendersOfClient senders that share each of these clients
   * @param compose makes the text of a sender's client, by the sender's number
   */
  private SendingDriver(
      Fleet fleet,
      List<ClientSlot> slots,
      int senders,
      int sendersOfClient,
      BiFunction<Client, Integer, StampedText> compose) {
    this.sendersOfClient = sendersOfClient;
    this.fleet = fleet;
    this.slotMap = new SlotMap(slots);
    this.senders = senders;
    this.compose = compose;
    this.composed = new AtomicReferenceArray<>(senders);
  }

  /** Requests ({@code rpc}) whose answer goes to the client that asked. */
  static ArrivalDriver echo(
      Phase phase, Fleet fleet, String tag, BiFunction<Client, Integer, StampedText> compose) {
    String room = tag + "-" + phase.name();
    List<ClientSlot> slots =
        IntStream.range(0, phase.rooms())
            .mapToObj(i -> new ClientSlot(new StampMeaning.RoundTrip(i), room))
            .toList();
    return new SendingDriver(fleet, slots, phase.rooms(), 1, compose);
  }

  /**
   * Publications. The phase's subscribers are spread over the rooms evenly. Each room has one
   * publisher besides, or its first members publish.
   */
  static ArrivalDriver rooms(PhaseShare share, Fleet fleet, String tag, Publication compose) {
    Phase phase = share.own();
    List<String> rooms = RoomNaming.of(share, tag);
    List<ClientSlot> slots = new ArrayList<>();
    if (phase.publishingMembers() == 0) {
      slots.addAll(ClientSlot.publishers(rooms));
    }
    int each = phase.roomsPerClient();
    slots.addAll(ClientSlot.subscribers(phase.subscribers(), each, rooms));
    return new SendingDriver(
        fleet,
        slots,
        phase.publishers(),
        phase.publishingMembers() == 0 ? 1 : each,
        (client, sender) -> compose.of(client, rooms.get(sender % rooms.size()), sender));
  }

  /** Makes the texts of a sender. */
  interface Publication {
    /**
     * The texts.
     *
     * @param sender its number in the phase
     */
    StampedText of(Client client, String room, int sender);
  }

  @Override
  public List<String> prepare(IntConsumer progress) {
    List<String> failures = slotMap.fill(fleet, progress);
    if (failures.isEmpty()) {
      composeAll();
    }
    return failures;
  }

  /** Composes the texts beforehand, so that the first arrivals need not wait for that. */
  private void composeAll() {
    CompletableFuture<?>[] all = new CompletableFuture<?>[senders];
    for (int i = 0; i < senders; i++) {
      int sender = i;
      Client client = sender(sender);
      all[i] = CompletableFuture.runAsync(() -> text(sender, client), client.executor());
    }
    CompletableFuture.allOf(all).join();
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
    Client client = sender(n);
    SendOutcome outcome =
        client.send(text(n % senders, client), n, recorder.intendedAtNanos(n), recorder::sent);
    if (outcome != SendOutcome.SENT) {
      recorder.failed(n);
    }
  }

  @Override
  public int publishers() {
    return senders;
  }

  private Client sender(int n) {
    return slotMap.client(n % senders / sendersOfClient);
  }

  /** The text of a sender, composed anew when its connection is another one. */
  private StampedText text(int sender, Client client) {
    Composed last = composed.get(sender);
    if (last == null || last.client() != client) {
      last = new Composed(client, compose.apply(client, sender));
      composed.set(sender, last);
    }
    return last.text();
  }
}
