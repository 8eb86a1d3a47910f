package dev.fanbench.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.Variant;
import dev.fanbench.functions.Variant.Layout;
import dev.fanbench.functions.chat.Member;
import dev.fanbench.functions.chat.Registry;
import dev.fanbench.functions.chat.RegistryContract;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A layout does the same for a client as every other; what it costs in calls differs. */
abstract class LayoutTest implements RegistryContract {
  static final int CONNECTION_SHARDS = 3;

  private final DeploymentSettings settings;
  private final String room = "room-" + UUID.randomUUID();
  private final long now = LocalTable.CLOCK.millis();
  private LocalTable table;
  private Registry registry;

  LayoutTest(Layout layout) {
    settings =
        new DeploymentSettings(
            LocalTable.NAME,
            Optional.empty(),
            1,
            CONNECTION_SHARDS,
            50,
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Optional.empty(),
            200,
            new Variant(
                Variant.Broadcast.PARALLEL,
                layout,
                Variant.Cleanup.ON_GONE,
                Variant.Client.SHARED,
                Variant.HttpClient.LEAN));
  }

  @BeforeEach
  void start() throws Exception {
    table = new LocalTable();
    registry = new DynamoDbRegistry(table.client(), settings, LocalTable.CLOCK);
    table.calls();
  }

  @AfterEach
  void stop() throws Exception {
    table.close();
  }

  /** Calls of connect, disconnect, members, everyone, and of forgetting 25 members of a room. */
  abstract List<Integer> expectedCalls();

  @Test
  void callsAreThoseOfTheTable() {
    List<Member> gone =
        IntStream.range(0, 25).mapToObj(i -> new Member("m" + i, room, now)).toList();
    registry.connect("a", Optional.empty(), now).join();
    int connect = table.calls();
    registry.members("general", member -> {}).join();
    int members = table.calls();
    registry.everyone(member -> {}).join();
    int everyone = table.calls();
    registry.disconnect("a").join();
    int disconnect = table.calls();
    registry.forget(gone).join();
    int forget = table.calls();
    assertEquals(expectedCalls(), List.of(connect, disconnect, members, everyone, forget));
  }

  @Test
  void moveIsTwoCallsAndOneMoreForANewRoom() {
    registry.connect("a", Optional.empty(), now).join();
    table.calls();
    registry.move("a", room).join();
    assertCalls(3);
    registry.move("a", "general").join();
    assertCalls(2);
  }

  @Override
  public Clock clock() {
    return LocalTable.CLOCK;
  }

  @Override
  public Registry registry() {
    return registry;
  }

  @Override
  public Registry dyingAfter(int calls) {
    return new DynamoDbRegistry(table.dyingAfter(calls), settings, LocalTable.CLOCK);
  }

  LocalTable table() {
    return table;
  }

  DeploymentSettings settings() {
    return settings;
  }

  /** The ids of a room's members. */
  Set<String> ids(String of) {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    registry.members(of, member -> ids.add(member.connectionId())).join();
    return ids;
  }

  void assertCalls(int expected) {
    assertEquals(expected, table.calls(), "calls to DynamoDB");
  }
}
