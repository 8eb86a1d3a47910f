package dev.fanbench.protocol;

/**
 * One text frame from a client, sorted into the kinds that a chat reacts to.
 *
 * <p>All implementations are immutable. {@link #accept} takes one method per kind, so a target that
 * forgets a kind does not compile.
 */
public sealed interface Frame
    permits Frame.Blank, Frame.ChatText, Frame.Malformed, Command, Action, Envelope {

  /** Calls the method of {@code visitor} that belongs to this kind. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Sorts a client's text frame, never throwing. The order of the questions is part of the
   * protocol: blank, command, known JSON action, EDN, publish envelope, and chat text for the rest.
   *
   * @param text the whole message, at most a few hundred kilobytes
   */
  static Frame classify(String text) {
    return FrameClassifier.classify(text);
  }

  /**
   * Classifies a text of a publisher. Every JSON object without a known action is an envelope, with
   * a zero for each missing field. A text that would be chat text is malformed.
   */
  static Frame classifyPublication(String text) {
    return FrameClassifier.classifyPublication(text);
  }

  /** Nothing but blanks: no answer, no delivery. */
  record Blank() implements Frame {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.blank();
    }
  }

  /** Words for all other members of the sender's room, kept exactly as they came. */
  record ChatText(String text) implements Frame {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.chatText(text);
    }
  }

  /**
   * A frame that asked for something known in a way that cannot be followed; it is answered with
   * the error frame and the connection stays open.
   *
   * @param reason what was wrong, for a log; never sent to the client
   */
  record Malformed(String reason) implements Frame {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.malformed(reason);
    }
  }

  /**
   * One method per kind of frame.
   *
   * @param <R> what a reaction results in
   */
  interface Visitor<R> {
    /** {@link Blank}. */
    R blank();

    /** {@link ChatText}. */
    R chatText(String text);

    /** {@link Command.Name}. */
    R name(String name);

    /** {@link Command.Channel}. */
    R channel(String room);

    /** {@link Command.Help}. */
    R help();

    /** {@link Action.FetchChannels}. */
    R fetchChannels();

    /** {@link Action.Rpc}. */
    R rpc(Action.Rpc request);

    /** {@link Action.Broadcast}. */
    R broadcast(Action.Broadcast broadcast);

    /** {@link Envelope}. */
    R envelope(Envelope envelope);

    /** {@link Malformed}. */
    R malformed(String reason);
  }
}
