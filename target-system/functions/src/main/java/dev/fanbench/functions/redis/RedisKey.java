package dev.fanbench.functions.redis;

/** Names of keys, as the package description lists them. */
final class RedisKey {
  static final String CONNECTIONS = "connections";
  static final String ROOMS = "rooms-by-time";

  private RedisKey() {}

  static String connection(String connectionId) {
    return "connection:" + connectionId;
  }

  static String room(String room) {
    return "room:" + room;
  }

  static String user(String user) {
    return "user:" + user;
  }

  static String messages(String room) {
    return "messages:" + room;
  }
}
