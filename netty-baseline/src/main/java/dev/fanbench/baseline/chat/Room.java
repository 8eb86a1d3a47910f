package dev.fanbench.baseline.chat;

import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.Membership;
import dev.fanbench.baseline.broadcast.Subscriber;
import dev.fanbench.protocol.Replies;
import java.time.InstantSource;

/** One room: who listens, and what was said last. Thread-safe. */
public final class Room {
  private final String name;
  private final Broadcaster audience;
  private final History history = new History();
  private final InstantSource clock;

  Room(String name, Broadcaster audience, InstantSource clock) {
    this.name = name;
    this.audience = audience;
    this.clock = clock;
  }

  Membership join(Subscriber subscriber) {
    return audience.join(subscriber);
  }

  /** Keeps the words and delivers them to everybody in the room but their sender. */
  void say(Subscriber sender, String senderName, String text) {
    history.add(new Utterance(clock.millis(), senderName, text));
    audience.publish(Replies.chatLine(name, senderName, text), sender);
  }

  /** The name, without its hash sign. */
  public String name() {
    return name;
  }

  /** What was said last. */
  public History history() {
    return history;
  }
}
