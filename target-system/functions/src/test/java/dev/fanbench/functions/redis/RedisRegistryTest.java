package dev.fanbench.functions.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.functions.chat.CountedPosts;
import dev.fanbench.functions.chat.Member;
import dev.fanbench.functions.chat.PostPolicy;
import dev.fanbench.functions.chat.Registry;
import dev.fanbench.functions.chat.RegistryContract;
import dev.fanbench.functions.chat.Sender;
import dev.fanbench.functions.chat.ServerlessChat;
import dev.fanbench.functions.chat.StoredMessage;
import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.target.RedisServer;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry and the message log on a real Redis, and the calls that their Javadoc promises. */
class RedisRegistryTest implements RegistryContract {
  private static RedisServer server;
  private static StatefulRedisConnection<String, String> connection;
  private static RedisAsyncCommands<String, String> redis;

  /** When these tests take place: when Redis, whose keys expire by its own clock, was started. */
  private static Clock clock;

  private final AtomicInteger calls = new AtomicInteger();
  private final Registry counted = new RedisRegistry(counted(Integer.MAX_VALUE), clock);
  private final String id = "id-" + UUID.randomUUID();
  private final String room = "room-" + UUID.randomUUID();
  private final long now = clock.millis();

  @BeforeAll
  static void start() throws Exception {
    server = RedisServer.start();
    connection = RedisStore.connect(server.uri());
    redis = connection.async();
    long seconds = Long.parseLong(connection.sync().time().get(0));
    clock = Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
  }

  @AfterAll
  static void stop() {
    connection.close();
    server.close();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Registry registry() {
    return counted;
  }

  @Override
  public Registry dyingAfter(int most) {
    return new RedisRegistry(counted(most), clock);
  }

  @Test
  void eachMethodIsOneCall() {
    everyScriptIsThere();
    counted.connect(id, Optional.empty(), now).join();
    assertCalls(1);
    counted.sender(id).join();
    assertCalls(1);
    counted.rename(id, "bz").join();
    assertCalls(1);
    counted.move(id, room).join();
    assertCalls(1);
    counted.rooms().join();
    assertCalls(1);
    counted.everyone(member -> {}).join();
    assertCalls(1);
    counted.forget(List.of(new Member(id, room, now))).join();
    assertCalls(1);
    counted.connect(id, Optional.of("ada"), now).join();
    assertCalls(1);
    counted.connectionsOf("ada").join();
    assertCalls(2);
    counted.disconnect(id).join();
    assertCalls(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000})
  void publicationToARoomOfAnySizeIsThreeCallsAndAnEnvelopeOne(int members) {
    everyScriptIsThere();
    redis.flushall().toCompletableFuture().join();
    List<String> ids = IntStream.range(0, members).mapToObj(i -> id + i).toList();
    CompletableFuture.allOf(
            ids.stream()
                .map(
                    each ->
                        counted
                            .connect(each, Optional.empty(), now)
                            .thenCompose(done -> counted.move(each, room)))
                .toArray(CompletableFuture[]::new))
        .join();
    CountedPosts posts = new CountedPosts();
    PostPolicy postPolicy = new PostPolicy(50, PostPolicy.AtGone.FORGET, Duration.ofSeconds(30));
    ServerlessChat chat =
        new ServerlessChat(
            counted,
            new RedisMessageLog(counted(Integer.MAX_VALUE), Duration.ofHours(1)),
            posts.deliveries(postPolicy),
            postPolicy,
            clock,
            line -> {});
    chat.receive(ids.get(0), "ada", "warm", "the scripts are there now").join();
    calls.set(0);
    posts.count();
    chat.receive(ids.get(0), "ada", "r1", "hello").join();
    assertCalls(3);
    assertEquals(members - 1, posts.count());
    chat.receive(ids.get(0), "ada", "r2", "{\"echo\":true,\"type\":99,\"data\":1}").join();
    assertCalls(1);
    assertEquals(members, posts.count());
  }

  @Test
  void membersThatCannotBeOpenAnyMoreAreRemovedByTheFirstReading() {
    long tooOld = now - Registry.CONNECTION_LIFE.toMillis() - 1;
    counted.connect(id, Optional.empty(), tooOld).join();
    counted.everyone(member -> {}).join();
    counted.members("general", member -> {}).join();
    String member = id + " " + tooOld;
    assertEquals(false, redis.sismember(RedisKey.CONNECTIONS, member).toCompletableFuture().join());
    assertEquals(false, redis.sismember("room:general", member).toCompletableFuture().join());
    assertEquals(0, redis.exists(RedisKey.connection(id)).toCompletableFuture().join());
  }

  @Test
  void hashOfAConnectionAndItsUsersLinksExpire() {
    counted.connect(id, Optional.of(id), now).join();
    long expiry = redis.expiretime(RedisKey.connection(id)).toCompletableFuture().join();
    assertEquals(now / 1_000 + Registry.CONNECTION_LIFE.toSeconds(), expiry);
    assertEquals(expiry, redis.expiretime(RedisKey.user(id)).toCompletableFuture().join());
  }

  @Test
  void serverThatLostItsScriptsIsSentThemAgain() {
    counted.connect(id, Optional.empty(), now).join();
    redis.scriptFlush().toCompletableFuture().join();
    counted.rename(id, "bz").join();
    assertEquals("bz", counted.sender(id).join().name());
  }

  @Test
  void listOfRoomsHoldsThoseMovedToLast() {
    counted.connect(id, Optional.empty(), now).join();
    CompletableFuture.allOf(
            IntStream.range(0, ChatLimits.ROOMS + 50)
                .mapToObj(i -> counted.move(id, room + i))
                .toArray(CompletableFuture[]::new))
        .join();
    counted.move(id, room + 0).join();
    SortedSet<String> rooms = counted.rooms().join();
    assertEquals(ChatLimits.ROOMS, rooms.size());
    assertTrue(rooms.containsAll(List.of("general", room + 0, room + (ChatLimits.ROOMS + 49))));
    assertTrue(!rooms.contains(room + 1), "left long ago");
    assertEquals(ChatLimits.ROOMS - 1, redis.zcard(RedisKey.ROOMS).toCompletableFuture().join());
  }

  @Test
  void messagesOfOneMillisecondAreAllKept() {
    RedisMessageLog log = new RedisMessageLog(redis, Duration.ofHours(24));
    Sender sender = new Sender(id, "bz", room);
    log.append(new StoredMessage("r1", sender, "first", now)).join();
    log.append(new StoredMessage("r2", sender, "second", now)).join();
    List<StreamMessage<String, String>> stored = stored();
    assertEquals(
        List.of("first", "second"),
        stored.stream().map(each -> each.getBody().get("text")).toList());
    assertEquals(
        Map.of("id", "r1", "by", id, "who", "bz", "at", Long.toString(now), "text", "first"),
        stored.get(0).getBody());
    long seconds = redis.ttl(RedisKey.messages(room)).toCompletableFuture().join();
    assertTrue(seconds > 0 && seconds <= 86_400, () -> seconds + " s");
  }

  @Test
  void messagesAreKeptUpToACapAndNotBeyondTheirTime() {
    RedisMessageLog log = new RedisMessageLog(redis, Duration.ofHours(1));
    Sender sender = new Sender(id, "bz", room);
    IntStream.range(0, RedisMessageLog.MOST_PER_ROOM + 5)
        .mapToObj(i -> log.append(new StoredMessage("r" + i, sender, "text " + i, now)))
        .toList()
        .forEach(CompletableFuture::join);
    assertEquals(RedisMessageLog.MOST_PER_ROOM, stored().size());
    assertEquals("text 5", stored().get(0).getBody().get("text"));
    // Redis numbers by its own clock, so a message far in its future makes the others old.
    long later = now + Duration.ofHours(2).toMillis();
    log.append(new StoredMessage("late", sender, "late", later)).join();
    assertTrue(stored().isEmpty());
  }

  private List<StreamMessage<String, String>> stored() {
    return redis
        .xrange(RedisKey.messages(room), Range.<String>unbounded())
        .toCompletableFuture()
        .join();
  }

  /** A script's first use costs the text once more. */
  private void everyScriptIsThere() {
    for (Script script : Script.values()) {
      redis.scriptLoad(script.text()).toCompletableFuture().join();
    }
    calls.set(0);
  }

  private void assertCalls(int expected) {
    assertEquals(expected, calls.getAndSet(0), "calls to Redis");
  }

  /** Counts calls, and fails all after {@code most} as a process that is not there any more. */
  @SuppressWarnings("unchecked")
  private RedisAsyncCommands<String, String> counted(int most) {
    AtomicInteger own = new AtomicInteger();
    return (RedisAsyncCommands<String, String>)
        Proxy.newProxyInstance(
            RedisAsyncCommands.class.getClassLoader(),
            new Class<?>[] {RedisAsyncCommands.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("digest")) {
                calls.incrementAndGet();
                if (own.incrementAndGet() > most) {
                  throw new IllegalStateException("died");
                }
              }
              try {
                return method.invoke(redis, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }
}
