package dev.fanbench.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.Variant;
import dev.fanbench.functions.chat.CountedPosts;
import dev.fanbench.functions.chat.Member;
import dev.fanbench.functions.chat.Registry;
import dev.fanbench.functions.chat.RegistryContract;
import dev.fanbench.functions.chat.Sender;
import dev.fanbench.functions.chat.ServerlessChat;
import dev.fanbench.functions.chat.StoredMessage;
import dev.fanbench.protocol.ChatLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The registry on DynamoDB Local, and the number of calls that its Javadoc promises. */
class DynamoDbRegistryTest implements RegistryContract {
  private static final int ROOM_SHARDS = 2;
  private static final int CONNECTION_SHARDS = 3;
  private static final DeploymentSettings SETTINGS =
      new DeploymentSettings(
          LocalTable.NAME,
          Optional.empty(),
          ROOM_SHARDS,
          CONNECTION_SHARDS,
          50,
          Duration.ofSeconds(30),
          Duration.ofHours(24),
          Optional.empty(),
          200,
          Variant.STANDARD);

  private static LocalTable table;

  private final DynamoDbRegistry registry =
      new DynamoDbRegistry(table.client(), SETTINGS, LocalTable.CLOCK);
  private final String id = "id-" + UUID.randomUUID();
  private final String room = "room-" + UUID.randomUUID();
  private final long now = LocalTable.CLOCK.millis();

  @BeforeAll
  static void start() throws Exception {
    table = new LocalTable();
  }

  @AfterAll
  static void stop() throws Exception {
    table.close();
  }

  @BeforeEach
  void forgetCalls() {
    table.calls();
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
    return new DynamoDbRegistry(table.dyingAfter(calls), SETTINGS, LocalTable.CLOCK);
  }

  @Test
  void callsOfEachMethod() {
    registry.connect(id, Optional.empty(), now).join();
    assertCalls(1);
    registry.sender(id).join();
    assertCalls(1);
    registry.rename(id, "bz").join();
    assertCalls(1);
    members("general");
    assertCalls(ROOM_SHARDS);
    registry.everyone(member -> {}).join();
    assertCalls(CONNECTION_SHARDS);
    registry.rooms().join();
    assertCalls(1);
    registry.move(id, room).join();
    assertCalls(3);
    registry.move(id, "general").join();
    assertCalls(2);
    registry.move(id, room).join();
    assertCalls(2);
    registry.move(id, room).join();
    assertCalls(1);
    registry.disconnect(id).join();
    assertCalls(2);
    registry.disconnect(id).join();
    assertCalls(1);
  }

  @Test
  void userCostsADisconnectOneCallMore() {
    registry.connect(id, Optional.of("ada"), now).join();
    assertCalls(1);
    registry.connectionsOf("ada").join();
    assertCalls(2);
    registry.disconnect(id).join();
    assertCalls(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000})
  void publicationToARoomOfAnySizeIsTwoCallsAndOneForEachShard(int members) {
    List<Member> all =
        IntStream.range(0, members).mapToObj(i -> new Member(id + i, room, now)).toList();
    TableLayout rows = new TableLayout(SETTINGS);
    new BatchWriter(table.client(), LocalTable.NAME)
        .write(
            all.stream()
                .flatMap(
                    member ->
                        Stream.of(rows.connection(member, Optional.empty()), rows.member(member)))
                .map(BatchWriter::put)
                .toList())
        .join();
    CountedPosts posts = new CountedPosts();
    ServerlessChat chat =
        new ServerlessChat(
            registry,
            new DynamoDbMessageLog(table.client(), SETTINGS),
            posts.deliveries(SETTINGS.postPolicy()),
            SETTINGS.postPolicy(),
            LocalTable.CLOCK,
            line -> {});
    table.calls();
    chat.receive(all.get(0).connectionId(), "ada", "r1", "hello").join();
    assertCalls(2 + ROOM_SHARDS);
    assertEquals(members - 1, posts.count());
    chat.receive(all.get(0).connectionId(), "ada", "r2", "{\"echo\":true,\"data\":1}").join();
    assertCalls(CONNECTION_SHARDS);
    assertTrue(posts.count() >= members, "other tests have connections too");
  }

  @Test
  void forgottenMembersCostTwoCallsFor25() {
    List<Member> gone =
        IntStream.range(0, 25).mapToObj(i -> new Member(id + i, room, now)).toList();
    gone.forEach(member -> registry.connect(member.connectionId(), Optional.empty(), now).join());
    gone.forEach(member -> registry.move(member.connectionId(), room).join());
    assertEquals(Set.copyOf(gone), members(room));
    table.calls();
    registry.forget(gone).join();
    assertCalls(2);
  }

  @Test
  void roomOfSeveralPagesIsReadToItsEnd() {
    // Two pages of 1 MB in each shard: the size of a row counts, and long ids make it long.
    String filler = "x".repeat(900);
    Set<String> ids = new TreeSet<>();
    TableLayout rows = new TableLayout(SETTINGS);
    BatchWriter batches = new BatchWriter(table.client(), LocalTable.NAME);
    batches
        .write(
            IntStream.range(0, 3_000)
                .mapToObj(i -> new Member(filler + i, room, now))
                .peek(member -> ids.add(member.connectionId()))
                .map(member -> BatchWriter.put(rows.member(member)))
                .toList())
        .join();
    table.calls();
    assertEquals(ids, members(room).stream().map(Member::connectionId).collect(Collectors.toSet()));
    assertCalls(2 * ROOM_SHARDS);
  }

  @Test
  void listOfRoomsIsOneCallAndHoldsTheFirstByName() {
    TableLayout rows = new TableLayout(SETTINGS);
    // Behind the rooms of other tests, which must stay on the list.
    List<String> names =
        IntStream.range(0, ChatLimits.ROOMS + 50).mapToObj(i -> "~%05d".formatted(i)).toList();
    new BatchWriter(table.client(), LocalTable.NAME)
        .write(names.stream().map(rows::room).map(BatchWriter::put).toList())
        .join();
    table.calls();
    SortedSet<String> rooms = registry.rooms().join();
    assertCalls(1);
    assertEquals(ChatLimits.ROOMS, rooms.size());
    assertTrue(rooms.contains("general") && rooms.contains(names.get(0)));
    assertTrue(!rooms.contains(names.get(ChatLimits.ROOMS)));
  }

  @Test
  void messagesOfOneMillisecondAreAllKeptInOrderOfTime() {
    DynamoDbMessageLog log = new DynamoDbMessageLog(table.client(), SETTINGS);
    Sender sender = new Sender(id, "bz", room);
    log.append(new StoredMessage("r2", sender, "second", now)).join();
    assertCalls(1);
    log.append(new StoredMessage("r1", sender, "third", now + 1)).join();
    log.append(new StoredMessage("r0", sender, "first", now)).join();
    List<Map<String, AttributeValue>> stored =
        table
            .client()
            .query(
                query ->
                    query
                        .tableName(LocalTable.NAME)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", TableLayout.text("M#" + room))))
            .join()
            .items();
    assertEquals(
        List.of("first", "second", "third"),
        stored.stream().map(row -> row.get("text").s()).toList());
    assertEquals(id, stored.get(0).get("by").s());
    assertEquals("bz", stored.get(0).get("who").s());
    assertEquals(
        Long.toString(now / 1_000 + Duration.ofHours(24).toSeconds()),
        stored.get(0).get("expires").n());
  }

  private Set<Member> members(String of) {
    Set<Member> members = newSet();
    registry.members(of, members::add).join();
    return members;
  }

  private static Set<Member> newSet() {
    return new ConcurrentSkipListSet<>(java.util.Comparator.comparing(Member::connectionId));
  }

  private static void assertCalls(int expected) {
    assertEquals(expected, table.calls(), "calls to DynamoDB");
  }
}
