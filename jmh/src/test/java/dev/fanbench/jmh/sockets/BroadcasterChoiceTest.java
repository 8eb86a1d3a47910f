package dev.fanbench.jmh.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.ServerTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A broadcaster of the user's takes the place of ours, and is audited as ours is. */
class BroadcasterChoiceTest {

  /** Writes one frame for each member. */
  public static class EachMember implements RoomBroadcaster {
    private final List<Channel> members = new ArrayList<>();

    @Override
    public void join(Channel member) {
      members.add(member);
    }

    @Override
    public void publish(String text) {
      members.forEach(member -> write(member, text));
    }

    void write(Channel member, String text) {
      ChannelFuture unused = member.writeAndFlush(new TextWebSocketFrame(text));
    }
  }

  /** Writes a frame that is a letter longer. */
  public static final class LongerText extends EachMember {
    @Override
    void write(Channel member, String text) {
      super.write(member, text + "!");
    }
  }

  /** Cannot be made by its name alone. */
  public static final class Sized extends EachMember {
    final int size;

    public Sized(int size) {
      this.size = size;
    }
  }

  @Test
  void aClassOfTheUserBroadcasts() throws Exception {
    try (LoopbackRoom room = open(EachMember.class.getName())) {
      assertEquals(5, room.size());
      room.publish("short", 3, 1);
      assertEquals(0, room.publish("together", 40, 20).writes(), "writes are not counted");
    }
  }

  @Test
  void otherBytesThanWerePublishedFailTheTrial() throws Exception {
    LoopbackRoom room = open(LongerText.class.getName());
    room.publish("short", 3, 1);
    String audit = assertThrows(IllegalStateException.class, room::close).getMessage();
    assertTrue(audit.startsWith("105 bytes published and 120 read, "), audit);
  }

  @Test
  void kindsOfTheServerAreNamedAsBefore() {
    assertEquals(
        new BroadcasterChoice.Shipped(BroadcastKind.JOINED), BroadcasterChoice.parse("JOINED"));
  }

  @Test
  void aNameThatIsNoneIsAnsweredByWhatIsAllowed() {
    assertEquals(
        "kind=example.None is not allowed; kind takes JOINED, ENCODE_ONCE, CHANNEL_GROUP, or the"
            + " name of a class that implements dev.fanbench.jmh.sockets.RoomBroadcaster (no such"
            + " class is on the class path)",
        refused("example.None"));
    assertTrue(refused("java.lang.String").endsWith("(the class does not implement it)"));
  }

  @Test
  void aClassWithoutSuchAConstructorIsNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> open(Sized.class.getName()))
            .getMessage();
    assertTrue(message.contains("Sized needs a public constructor without parameters"), message);
  }

  @Test
  void aClassOfTheUserHasNoDeflatedFrames() {
    BroadcasterChoice own = BroadcasterChoice.parse(EachMember.class.getName());
    assertThrows(
        IllegalArgumentException.class,
        () -> LoopbackRoom.open(own, ServerTransport.best(), 5, true));
  }

  private static String refused(String name) {
    return assertThrows(IllegalArgumentException.class, () -> BroadcasterChoice.parse(name))
        .getMessage();
  }

  private static LoopbackRoom open(String name) throws Exception {
    return LoopbackRoom.open(BroadcasterChoice.parse(name), ServerTransport.best(), 5, false);
  }
}
