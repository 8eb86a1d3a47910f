package dev.fanbench.protocol;

/** A request named by the {@code action} of a JSON object, or of an EDN map. */
public sealed interface Action extends Frame {

  /** Asks for the names of all rooms. */
  record FetchChannels() implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.fetchChannels();
    }
  }

  /** A request that wants its body back under its own id. */
  record Rpc(String id, String body) implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rpc(this);
    }

    /** As a client sends it. */
    public String text() {
      return "{\"action\":\"rpc\"," + ReplyFormat.idAndBody(this) + "}";
    }
  }

  /** Words for every connection in every room, the sender's own included. */
  record Broadcast(String message, Notation notation) implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.broadcast(this);
    }
  }

  /** The notation a broadcast came in, and so the one it goes out in. */
  enum Notation {
    /** JavaScript Object Notation. */
    JSON,
    /** Extensible Data Notation, Clojure's. */
    EDN
  }
}
