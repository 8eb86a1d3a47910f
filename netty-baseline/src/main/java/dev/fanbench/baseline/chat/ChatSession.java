package dev.fanbench.baseline.chat;

import dev.fanbench.baseline.broadcast.RoomMembership;
import dev.fanbench.baseline.broadcast.Subscriber;
import dev.fanbench.protocol.Action;
import dev.fanbench.protocol.Envelope;
import dev.fanbench.protocol.Frame;
import dev.fanbench.protocol.InitialRoom;
import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.RequestId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One connection's part in the chat: its name, its room, and what its frames do. All of it happens
 * on the connection's event loop. Each method returns the answer to the sender, if there is one.
 */
public final class ChatSession implements Frame.Visitor<Optional<String>> {
  private final Function<String, Frame> rules;
  private final InMemoryChat chat;
  private final Subscriber self;
  private final String connectionId;
  private final String author;
  private final RoomMembership everyone;
  private String name = InitialRoom.FIRST_NAME;
  private Room room;
  private RoomMembership membership;
  private boolean left;

  /** The room to move to as soon as publications from elsewhere reach it; null for none. */
  private Room next;

  /**
   * Enters the first room; from here on the connection gets its messages.
   *
   * @param rules classify a text
   * @param user the sender in broadcasts; empty for the connection id
   */
  public ChatSession(
      Function<String, Frame> rules,
      InMemoryChat chat,
      Subscriber self,
      String connectionId,
      Optional<String> user) {
    this.rules = rules;
    this.chat = chat;
    this.self = self;
    this.connectionId = connectionId;
    this.author = user.orElse(connectionId);
    this.everyone = chat.everyone().join(self);
    this.room = chat.enter(InitialRoom.FIRST_ROOM);
    this.membership = room.join(self);
  }

  /** Does what a text frame asks for. */
  public Optional<String> handle(String text) {
    return rules.apply(text).accept(this);
  }

  /** The answer to a frame that is not handled. */
  public String refusal() {
    return ReplyFormat.internalServerError(connectionId, RequestId.next());
  }

  /** Leaves the chat; a second call does nothing. */
  public void leave() {
    membership.leave();
    everyone.leave();
    if (!left) {
      left = true;
      chat.leave(room);
      if (next != null) {
        chat.leave(next);
      }
    }
  }

  @Override
  public Optional<String> blank() {
    return Optional.empty();
  }

  @Override
  public Optional<String> chatText(String text) {
    room.say(self, name, text);
    return Optional.empty();
  }

  @Override
  public Optional<String> name(String newName) {
    name = newName;
    return Optional.of(ReplyFormat.nameSet(newName));
  }

  @Override
  public Optional<String> channel(String roomName) {
    if (roomName.equals(room.name())) {
      return Optional.of(ReplyFormat.channelChanged(roomName));
    }
    next = chat.enter(roomName);
    return next.isHeard() ? arrive() : Optional.empty();
  }

  /**
   * Whether the last frame asked for a room that publications from elsewhere do not reach yet. No
   * other frame may be handled until {@link #arrive()}.
   */
  public boolean isMoving() {
    return next != null;
  }

  /** Done as soon as publications from elsewhere reach the room that was asked for. */
  public CompletionStage<Void> moved() {
    return next.heard();
  }

  /** Moves to the room that was asked for. */
  public Optional<String> arrive() {
    if (left) {
      return Optional.empty();
    }
    membership.leave();
    chat.leave(room);
    room = next;
    next = null;
    membership = room.join(self);
    return Optional.of(ReplyFormat.channelChanged(room.name()));
  }

  @Override
  public Optional<String> help() {
    return Optional.of(ReplyFormat.HELP);
  }

  @Override
  public Optional<String> fetchChannels() {
    return Optional.of(chat.channelsList());
  }

  @Override
  public Optional<String> rpc(Action.Rpc request) {
    return Optional.of(ReplyFormat.rpc(request));
  }

  @Override
  public Optional<String> broadcast(Action.Broadcast broadcast) {
    chat.everyone().publish(ReplyFormat.broadcast(broadcast, author), null);
    return Optional.empty();
  }

  @Override
  public Optional<String> envelope(Envelope envelope) {
    String text = ReplyFormat.envelope(envelope, chat.nowSeconds());
    chat.everyone().publish(text, envelope.echo() ? null : self);
    return Optional.empty();
  }

  @Override
  public Optional<String> malformed(String reason) {
    return Optional.of(refusal());
  }
}
