package dev.fanbench.functions.redis;

import dev.fanbench.functions.chat.Member;
import dev.fanbench.functions.chat.Registry;
import dev.fanbench.functions.chat.Sender;
import dev.fanbench.functions.chat.UnknownConnectionException;
import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.InitialRoom;
import io.lettuce.core.KeyValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The registry in Redis. Each method makes one call, whatever the size of the room; {@link
 * #connectionsOf} makes one more for each connection.
 *
 * <p>Each change is one script or one command, so a process that dies leaves no change half done.
 * Scripts run one after another, so of two moves at the same time the later one sees the earlier
 * one. A connection is therefore always in exactly one room.
 *
 * <p>A {@code $disconnect} that never came leaves a member behind. A 410 for a post removes that
 * member. So does the first read that finds it older than a connection can be; that read costs one
 * call more.
 *
 * <p>Redis loses records when it restarts or fails over to a replica that was behind. The clients
 * of those records receive an error at their next message and connect again.
 */
final class RedisRegistry implements Registry {
  /** Members that one script forgets at most, because nothing else runs meanwhile. */
  private static final int FORGET_BATCH = 500;

  /** Rooms that are remembered, those moved to last. */
  private static final int ROOMS_BESIDE_THE_FIRST = ChatLimits.ROOMS - 1;

  private final RedisAsyncCommands<String, String> redis;
  private final Clock clock;

  RedisRegistry(RedisAsyncCommands<String, String> redis, Clock clock) {
    this.redis = redis;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Void> connect(String id, Optional<String> user, long connectedAtMillis) {
    return Script.CONNECT
        .run(
            redis,
            List.of(
                RedisKey.connection(id),
                RedisKey.CONNECTIONS,
                RedisKey.room(InitialRoom.FIRST_ROOM)),
            List.of(
                id,
                InitialRoom.FIRST_NAME,
                InitialRoom.FIRST_ROOM,
                Long.toString(connectedAtMillis),
                Long.toString((connectedAtMillis + CONNECTION_LIFE.toMillis()) / 1_000),
                user.orElse("")))
        .thenAccept(added -> {});
  }

  /** A link whose connection has no hash is of one that was too old, and removed without it. */
  @Override
  public CompletableFuture<Set<String>> connectionsOf(String user) {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    return redis
        .smembers(RedisKey.user(user))
        .toCompletableFuture()
        .thenCompose(
            linked ->
                CompletableFuture.allOf(
                    linked.stream()
                        .map(id -> addIfThere(id, ids))
                        .toArray(CompletableFuture[]::new)))
        .thenApply(checked -> ids);
  }

  private CompletableFuture<Void> addIfThere(String id, Set<String> ids) {
    return redis
        .exists(RedisKey.connection(id))
        .toCompletableFuture()
        .thenAccept(
            found -> {
              if (found > 0) {
                ids.add(id);
              }
            });
  }

  @Override
  public CompletableFuture<Void> disconnect(String id) {
    return Script.DISCONNECT
        .run(redis, List.of(RedisKey.connection(id), RedisKey.CONNECTIONS), List.of(id))
        .thenAccept(removed -> {});
  }

  @Override
  public CompletableFuture<Sender> sender(String id) {
    return redis
        .hmget(RedisKey.connection(id), "who", "room")
        .toCompletableFuture()
        .thenApply(values -> sender(id, values));
  }

  private static Sender sender(String id, List<KeyValue<String, String>> values) {
    if (values.get(0).isEmpty()) {
      throw new UnknownConnectionException(id);
    }
    return new Sender(id, values.get(0).getValue(), values.get(1).getValue());
  }

  @Override
  public CompletableFuture<Void> rename(String id, String name) {
    return Script.RENAME
        .run(redis, List.of(RedisKey.connection(id)), List.of(name))
        .thenAccept(found -> requireKnown(id, found));
  }

  @Override
  public CompletableFuture<Void> move(String id, String room) {
    return Script.MOVE
        .run(
            redis,
            List.of(RedisKey.connection(id), RedisKey.room(room), RedisKey.ROOMS),
            List.of(id, room, Integer.toString(ROOMS_BESIDE_THE_FIRST)))
        .thenAccept(found -> requireKnown(id, found));
  }

  private static void requireKnown(String id, boolean found) {
    if (!found) {
      throw new UnknownConnectionException(id);
    }
  }

  @Override
  public CompletableFuture<SortedSet<String>> rooms() {
    return redis
        .zrange(RedisKey.ROOMS, 0, -1)
        .toCompletableFuture()
        .thenApply(
            named -> {
              SortedSet<String> rooms = new TreeSet<>(named);
              rooms.add(InitialRoom.FIRST_ROOM);
              return rooms;
            });
  }

  @Override
  public CompletableFuture<Void> members(String room, Consumer<Member> each) {
    return read(RedisKey.room(room), room, each);
  }

  @Override
  public CompletableFuture<Void> everyone(Consumer<Member> each) {
    return read(RedisKey.CONNECTIONS, "", each);
  }

  /** Each member is handed over as it is decoded, before the answer has been read to its end. */
  private CompletableFuture<Void> read(String key, String room, Consumer<Member> each) {
    long oldest = clock.millis() - CONNECTION_LIFE.toMillis();
    List<Member> expired = new ArrayList<>();
    return redis
        .smembers(
            element -> {
              Member member = member(element, room);
              if (member.connectedAtMillis() > oldest) {
                each.accept(member);
              } else {
                expired.add(member);
              }
            },
            key)
        .toCompletableFuture()
        .thenCompose(count -> forget(expired));
  }

  private static Member member(String element, String room) {
    int blank = element.indexOf(' ');
    return new Member(
        element.substring(0, blank), room, Long.parseLong(element.substring(blank + 1)));
  }

  @Override
  public CompletableFuture<Void> forget(Collection<Member> gone) {
    List<Member> members = List.copyOf(gone);
    List<CompletableFuture<Boolean>> batches = new ArrayList<>();
    for (int from = 0; from < members.size(); from += FORGET_BATCH) {
      List<String> arguments = new ArrayList<>();
      for (Member member : members.subList(from, Math.min(from + FORGET_BATCH, members.size()))) {
        arguments.add(member.connectionId());
        arguments.add(Long.toString(member.connectedAtMillis()));
        arguments.add(member.room());
      }
      batches.add(Script.FORGET.run(redis, List.of(RedisKey.CONNECTIONS), arguments));
    }
    return CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new));
  }
}
