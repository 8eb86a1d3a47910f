package dev.fanbench.functions.aws;

import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.chat.Member;
import dev.fanbench.functions.chat.Registry;
import dev.fanbench.functions.chat.StoredMessage;
import dev.fanbench.protocol.InitialRoom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys and rows of the table, as the package description lists them. */
final class TableLayout {
  static final String ROOMS = "ROOMS";

  private final DeploymentSettings settings;

  TableLayout(DeploymentSettings settings) {
    this.settings = settings;
  }

  Map<String, AttributeValue> connectionKey(String connectionId) {
    return key("C#" + shard(connectionId, settings.connectionShards()), connectionId);
  }

  /** A new connection; of a user, if there is one. */
  Map<String, AttributeValue> connection(Member member, Optional<String> user) {
    Map<String, AttributeValue> row = with(connectionKey(member.connectionId()), life(member));
    row.put("who", text(InitialRoom.FIRST_NAME));
    row.put("room", text(member.room()));
    user.ifPresent(name -> row.put("user", text(name)));
    return row;
  }

  Map<String, AttributeValue> linkKey(String user, String connectionId) {
    return key(linkPartition(user), connectionId);
  }

  /** That a connection is the user's. */
  Map<String, AttributeValue> link(String user, Member member) {
    return with(linkKey(user, member.connectionId()), life(member));
  }

  /** The partition key that holds a user's links. */
  String linkPartition(String user) {
    return "U#" + user;
  }

  Map<String, AttributeValue> memberKey(String connectionId, String room) {
    return key("R#" + room + "#" + shard(connectionId, settings.roomShards()), connectionId);
  }

  Map<String, AttributeValue> member(Member member) {
    return with(memberKey(member.connectionId(), member.room()), life(member));
  }

  private static Map<String, AttributeValue> life(Member member) {
    return Map.of(
        "since", number(member.connectedAtMillis()),
        "expires", number(connectionExpiry(member.connectedAtMillis())));
  }

  /** The member that a connection's row tells of. */
  static Member member(String connectionId, Map<String, AttributeValue> connection) {
    return member(connectionId, connection.get("room").s(), connection);
  }

  /** The member that a row with its key and age tells of. */
  static Member member(String connectionId, String room, Map<String, AttributeValue> row) {
    return new Member(connectionId, room, Long.parseLong(row.get("since").n()));
  }

  /** The partition key that holds the items of a room, in the layouts that pack members. */
  String packedPartition(String room) {
    return "H#" + room;
  }

  /**
   * The item that holds a member there.
   *
   * @param items of each room
   */
  Map<String, AttributeValue> packedItem(String connectionId, String room, int items) {
    String number = items == 1 ? "" : "#" + shard(connectionId, items);
    return key(packedPartition(room), "members" + number);
  }

  Map<String, AttributeValue> room(String room) {
    return key(ROOMS, room);
  }

  Map<String, AttributeValue> message(StoredMessage message) {
    return with(
        key(
            "M#" + message.sender().room(),
            // 13 digits last until the year 2286, so the text sorts by time.
            message.sentAtMillis() + "#" + message.id()),
        Map.of(
            "by", text(message.sender().connectionId()),
            "who", text(message.sender().name()),
            "text", text(message.text()),
            "expires", number(message.sentAtMillis() / 1_000 + settings.messageTtl().toSeconds())));
  }

  /** The partition keys that hold the members of a room. */
  List<String> memberPartitions(String room) {
    return partitions("R#" + room + "#", settings.roomShards());
  }

  /** The partition keys that hold all connections. */
  List<String> connectionPartitions() {
    return partitions("C#", settings.connectionShards());
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static List<String> partitions(String prefix, int shards) {
    return IntStream.range(0, shards).mapToObj(shard -> prefix + shard).toList();
  }

  private static int shard(String connectionId, int shards) {
    return Math.floorMod(connectionId.hashCode(), shards);
  }

  private static long connectionExpiry(long sinceMillis) {
    return sinceMillis / 1_000 + Registry.CONNECTION_LIFE.toSeconds();
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", text(pk), "sk", text(sk));
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> key, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> row = new HashMap<>(key);
    row.putAll(attributes);
    return row;
  }
}
