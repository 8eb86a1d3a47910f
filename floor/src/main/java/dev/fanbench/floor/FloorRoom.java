package dev.fanbench.floor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A room: its members in an array, and the bytes that stand before every text in it. */
final class FloorRoom {

  private final byte[] prefix;
  private FloorConnection[] members = new FloorConnection[16];
  private int size;

  FloorRoom(String name) {
    prefix = ("#" + name + " anonymous: ").getBytes(StandardCharsets.UTF_8);
  }

  byte[] prefix() {
    return prefix;
  }

  int size() {
    return size;
  }

  FloorConnection member(int index) {
    return members[index];
  }

  void add(FloorConnection connection) {
    if (size == members.length) {
      members = Arrays.copyOf(members, size * 2);
    }
    connection.room = this;
    connection.indexInRoom = size;
    members[size++] = connection;
  }

  /** Takes the last member's place, so that a walk from the end may remove where it stands. */
  void remove(FloorConnection connection) {
    FloorConnection last = members[--size];
    members[connection.indexInRoom] = last;
    last.indexInRoom = connection.indexInRoom;
    members[size] = null;
    connection.room = null;
  }
}
