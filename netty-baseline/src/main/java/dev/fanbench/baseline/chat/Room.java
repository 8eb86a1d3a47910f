package dev.fanbench.baseline.chat;

import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.RoomMembership;
import dev.fanbench.baseline.broadcast.Subscriber;
import dev.fanbench.protocol.ReplyFormat;
import java.util.concurrent.CompletionStage;

/** One room: who listens, and what was said last. Thread-safe. */
public final class Room {
  private final String name;
  private final Broadcaster audience;
  private final History history;
  private final InMemoryChat chat;

  /** Changed by the directory alone. */
  int members;

  /** Set by the directory alone, before the first member joins. */
  volatile CompletionStage<Void> heard;

  Room(String name, Broadcaster audience, History history, InMemoryChat chat) {
    this.name = name;
    this.audience = audience;
    this.history = history;
    this.chat = chat;
  }

  /** Whether publications from elsewhere reach the room. */
  boolean isHeard() {
    return heard.toCompletableFuture().isDone();
  }

  /** Done as soon as publications from elsewhere reach the room. */
  CompletionStage<Void> heard() {
    return heard;
  }

  RoomMembership join(Subscriber subscriber) {
    return audience.join(subscriber);
  }

  /** Keeps the text and delivers it to all members of the room except its sender. */
  void say(Subscriber sender, String senderName, String text) {
    chat.keep(history, senderName, text);
    audience.publish(ReplyFormat.chatLine(name, senderName, text), sender);
  }

  Broadcaster audience() {
    return audience;
  }

  /** Members as the audience has them. */
  int audienceSize() {
    return audience.size();
  }

  /** The name, without its hash sign. */
  public String name() {
    return name;
  }

  /** The latest utterances. */
  public History history() {
    return history;
  }
}
