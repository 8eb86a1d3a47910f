package dev.fanbench.gatling.check;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.KeepAlive;
import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.ConnectFailure;
import dev.fanbench.gatling.fleet.ConnectListener;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.gatling.fleet.JoinOutcome;
import dev.fanbench.gatling.fleet.SendOutcome;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.gatling.fleet.StampedText;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Connects two clients, A and B, to a server, joins a room, publishes from A and asks whether B
 * received it. Says of each part whether it worked.
 */
public final class ServerCheck {
  private static final int PUBLICATIONS = 3;
  private static final int PAYLOAD_BYTES = 64;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** After the last delivery, for a second copy of it to be seen. */
  private static final long LINGER_MILLIS = 100;

  private final FleetOptions options;
  private final String room;
  private final Consumer<String> out;
  private final FramePrinter printer;
  private final ReceivedTally counter = new ReceivedTally(PUBLICATIONS);
  private final List<Client> clients = new ArrayList<>();
  private final Duration listen;

  /** Completes with the way in which a connection was lost. */
  private final CompletableFuture<String> lost = new CompletableFuture<>();

  /**
   * @param options with the target and its dialect
   * @param listen the time to wait for keep-alives when all else has worked
   * @param out takes one line at a time
   */
  public ServerCheck(FleetOptions options, String room, Duration listen, Consumer<String> out) {
    this.room = room;
    this.listen = listen;
    this.out = out;
    this.printer = new FramePrinter(options.identities(), out);
    this.options =
        options
            .withLoops(1)
            .withTimeouts(LONGEST, options.dialect().timeout())
            .withTrace(Optional.of(printer));
  }

  /** Checks the server; returns whether every part worked. */
  public boolean run() throws InterruptedException {
    Dialect dialect = options.dialect();
    out.accept("dialect " + dialect.name() + ": " + dialect.about());
    if (!dialect.checked().equals(Dialect.NOT_CHECKED)) {
      out.accept("checked with " + dialect.checked());
    }
    List<ClientSlot> slots =
        List.of(
            new ClientSlot(new StampMeaning.Publisher(), room),
            new ClientSlot(new StampMeaning.Subscriber(0), room));
    try (Fleet fleet = Fleet.open(options)) {
      fleet.record(PAYLOAD_BYTES, loop -> counter).join();
      fleet.onLostConnection(
          loss -> {
            out.accept("    " + printer.name(loss.client()) + "   " + loss.reason());
            lost.complete(
                "the connection of " + printer.name(loss.client()) + ": " + loss.reason());
          });
      long fromNanos = options.clock().nanoTime();
      return connect(fleet, slots)
          && join(slots)
          && confirm(fleet, slots)
          && publish(fleet)
          && request(fleet)
          && stayAlive(fromNanos);
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken.getCause());
    }
  }

  private boolean connect(Fleet fleet, List<ClientSlot> slots) {
    for (ClientSlot slot : slots) {
      Connection connection = new Connection();
      fleet.connect(0, slot, connection);
      Optional<String> failure = connection.failure.join();
      if (failure.isPresent()) {
        return failed("connect", failure.get());
      }
      clients.add(connection.client);
    }
    return worked("connect", "two clients are connected");
  }

  private boolean join(List<ClientSlot> slots) {
    for (int i = 0; i < clients.size(); i++) {
      boolean joins =
          options.dialect().publish().byMember()
              || !(slots.get(i).role() instanceof StampMeaning.Publisher);
      String why = joins ? "" : clients.get(i).opened().join();
      if (!why.isEmpty()) {
        return failed("open", why);
      }
      if (joins) {
        JoinOutcome outcome = clients.get(i).join(room).join();
        if (!(outcome instanceof JoinOutcome.Joined)) {
          boolean opened = !(outcome instanceof JoinOutcome.NotOpened);
          return failed(opened ? "join" : "open", outcome.sentence());
        }
      }
    }
    return worked("join", "the clients are in #" + room);
  }

  private boolean confirm(Fleet fleet, List<ClientSlot> slots) {
    List<String> failures = fleet.confirm(slots, clients).join();
    return failures.isEmpty() || failed("join", failures.get(0));
  }

  private boolean publish(Fleet fleet) throws ExecutionException, InterruptedException {
    Client publisher = clients.get(0);
    for (int n = 0; n < PUBLICATIONS; n++) {
      SendOutcome outcome = send(publisher, publisher.publication(1, PAYLOAD_BYTES), n);
      if (outcome != SendOutcome.SENT) {
        return failed("publish", "the connection of A was closed");
      }
    }
    int arrived = counter.await(LONGEST);
    Thread.sleep(LINGER_MILLIS);
    String refusal = fleet.examples().join().get(PhaseResult.REFUSED);
    if (refusal != null) {
      return failed("publish", "the target refused a publication with '" + refusal + "'");
    }
    if (arrived < PUBLICATIONS) {
      return failed(
          "publish",
          "B received %d of %d publications within %d s%s"
              .formatted(arrived, PUBLICATIONS, LONGEST.toSeconds(), "; is dialect=… right?"));
    }
    if (counter.cuts() > 0) {
      return failed("publish", "the text that B received is not all of the text that A sent");
    }
    if (counter.duplicates() > 0) {
      return failed("publish", "B received %d copies too many".formatted(counter.duplicates()));
    }
    return worked(
        "publish",
        "B received %d of %d publications; A received %d of its own"
            .formatted(arrived, PUBLICATIONS, counter.ownCopies()));
  }

  private boolean request(Fleet fleet) throws ExecutionException, InterruptedException {
    if (!options.dialect().answersRequests()) {
      return true;
    }
    ReceivedTally answers = new ReceivedTally(1);
    fleet.record(PAYLOAD_BYTES, loop -> answers).join();
    Client asker = clients.get(1);
    SendOutcome unused = send(asker, asker.request(1, PAYLOAD_BYTES), 0);
    int arrived = answers.await(LONGEST);
    return arrived == 1
        ? worked("request", "the answer came back to its sender")
        : failed(
            "request", "no answer within " + LONGEST.toSeconds() + " s" + "; is dialect=… right?");
  }

  /** Listens for keep-alives, since a run of some minutes may end where one is not answered. */
  private boolean stayAlive(long fromNanos) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    var unused = over.completeOnTimeout(null, listen.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture.anyOf(over, lost).join();
    String time = UnitFormat.time(options.clock().nanoTime() - fromNanos);
    if (lost.isDone()) {
      return failed("keep-alive", lost.join() + " after " + time);
    }
    String seen = printer.keepAlives();
    return worked("keep-alive", seen.isEmpty() ? noneIn(time) : "in " + time + ": " + seen);
  }

  private String noneIn(String time) {
    KeepAlive dialects = options.dialect().keepAlive();
    if (dialects.equals(KeepAlive.NONE)) {
      return "none came in " + time + ", and the dialect has none";
    }
    return dialects.send().isPresent() && dialects.every().compareTo(listen) >= 0
        ? "the dialect sends one each %d s; --listen %d shows it"
            .formatted(dialects.every().toSeconds(), dialects.every().toSeconds() + 1)
        : "none came in " + time + "; --listen takes a longer time";
  }

  private static SendOutcome send(Client client, StampedText text, int n)
      throws ExecutionException, InterruptedException {
    try {
      return client
          .executor()
          .submit(() -> client.send(text, n, 0, (sequence, atNanos) -> {}))
          .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException busy) {
      return SendOutcome.NOT_WRITABLE;
    }
  }

  private boolean worked(String part, String sentence) {
    out.accept("✓ " + part + ": " + sentence);
    return true;
  }

  private boolean failed(String part, String sentence) {
    out.accept("✗ " + part + ": " + sentence);
    return false;
  }

  /** One attempt to connect. */
  private static final class Connection implements ConnectListener {
    private final CompletableFuture<Optional<String>> failure = new CompletableFuture<>();
    private Client client;

    @Override
    public void connected(Client connected, long nowNanos) {
      client = connected;
      failure.complete(Optional.empty());
    }

    @Override
    public void failed(ConnectFailure why, long nowNanos) {
      failure.complete(Optional.of(why.sentence()));
    }
  }
}
