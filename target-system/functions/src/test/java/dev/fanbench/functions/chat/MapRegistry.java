package dev.fanbench.functions.chat;

import dev.fanbench.protocol.Rooms;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The registry in a map, for one thread. */
final class MapRegistry implements Registry {
  private record Row(Sender sender, long connectedAtMillis) {}

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final SortedSet<String> rooms = new TreeSet<>();

  Collection<String> connections() {
    return rows.keySet();
  }

  @Override
  public void connect(String id, long connectedAtMillis) {
    rows.put(id, new Row(new Sender(id, Rooms.FIRST_NAME, Rooms.FIRST_ROOM), connectedAtMillis));
    rooms.add(Rooms.FIRST_ROOM);
  }

  @Override
  public void disconnect(String id) {
    rows.remove(id);
  }

  @Override
  public Sender sender(String id) {
    if (!rows.containsKey(id)) {
      throw new UnknownConnectionException(id);
    }
    return rows.get(id).sender();
  }

  @Override
  public void rename(String id, String name) {
    change(id, sender -> new Sender(id, name, sender.room()));
  }

  @Override
  public void move(String id, String room) {
    rooms.add(room);
    change(id, sender -> new Sender(id, sender.name(), room));
  }

  private void change(String id, UnaryOperator<Sender> change) {
    rows.put(id, new Row(change.apply(sender(id)), rows.get(id).connectedAtMillis()));
  }

  @Override
  public SortedSet<String> rooms() {
    return rooms;
  }

  @Override
  public void members(String room, Consumer<Member> each) {
    everyone(
        member -> {
          if (member.room().equals(room)) {
            each.accept(member);
          }
        });
  }

  @Override
  public void everyone(Consumer<Member> each) {
    List.copyOf(rows.entrySet())
        .forEach(
            row ->
                each.accept(
                    new Member(
                        row.getKey(),
                        row.getValue().sender().room(),
                        row.getValue().connectedAtMillis())));
  }

  @Override
  public void forget(Collection<Member> gone) {
    gone.forEach(member -> rows.remove(member.connectionId()));
  }
}
