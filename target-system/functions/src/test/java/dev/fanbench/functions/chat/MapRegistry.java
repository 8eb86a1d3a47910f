package dev.fanbench.functions.chat;

import dev.fanbench.protocol.InitialRoom;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The registry in a map, for one thread. */
final class MapRegistry implements Registry {
  private record Row(Sender sender, Optional<String> user, long connectedAtMillis) {}

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final SortedSet<String> rooms = new TreeSet<>();

  Collection<String> connections() {
    return rows.keySet();
  }

  @Override
  public CompletableFuture<Void> connect(String id, Optional<String> user, long connectedAtMillis) {
    Sender sender = new Sender(id, InitialRoom.FIRST_NAME, InitialRoom.FIRST_ROOM);
    rows.put(id, new Row(sender, user, connectedAtMillis));
    rooms.add(InitialRoom.FIRST_ROOM);
    return done();
  }

  @Override
  public CompletableFuture<Set<String>> connectionsOf(String user) {
    return CompletableFuture.completedFuture(
        rows.keySet().stream()
            .filter(id -> rows.get(id).user().equals(Optional.of(user)))
            .collect(Collectors.toSet()));
  }

  @Override
  public CompletableFuture<Void> disconnect(String id) {
    rows.remove(id);
    return done();
  }

  @Override
  public CompletableFuture<Sender> sender(String id) {
    return rows.containsKey(id)
        ? CompletableFuture.completedFuture(rows.get(id).sender())
        : CompletableFuture.failedFuture(new UnknownConnectionException(id));
  }

  @Override
  public CompletableFuture<Void> rename(String id, String name) {
    return change(id, row -> new Sender(id, name, row.room()));
  }

  @Override
  public CompletableFuture<Void> move(String id, String room) {
    rooms.add(room);
    return change(id, row -> new Sender(id, row.name(), room));
  }

  private CompletableFuture<Void> change(
      String id, java.util.function.UnaryOperator<Sender> change) {
    return sender(id)
        .thenAccept(
            sender ->
                rows.computeIfPresent(
                    id,
                    (key, row) ->
                        new Row(change.apply(sender), row.user(), row.connectedAtMillis())));
  }

  @Override
  public CompletableFuture<SortedSet<String>> rooms() {
    return CompletableFuture.completedFuture(rooms);
  }

  @Override
  public CompletableFuture<Void> members(String room, Consumer<Member> each) {
    return everyone(
        member -> {
          if (member.room().equals(room)) {
            each.accept(member);
          }
        });
  }

  @Override
  public CompletableFuture<Void> everyone(Consumer<Member> each) {
    rows.forEach(
        (id, row) -> each.accept(new Member(id, row.sender().room(), row.connectedAtMillis())));
    return done();
  }

  @Override
  public CompletableFuture<Void> forget(Collection<Member> gone) {
    gone.forEach(member -> rows.remove(member.connectionId()));
    return done();
  }

  private static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
