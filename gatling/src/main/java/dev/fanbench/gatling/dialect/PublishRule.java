package dev.fanbench.gatling.dialect;

/** The way of a publication to the server. */
public sealed interface PublishRule {

  /** All bytes that are sent for a publication. */
  FrameSource source();

  /** Whether the connection that publishes is a member of the room. */
  boolean byMember();

  /**
   * A frame on a WebSocket connection.
   *
   * @param byMember false for a connection that joins nothing
   */
  record Frame(FrameSource source, boolean byMember) implements PublishRule {}

  /**
   * An HTTP request to the same host; the answer must have a status of 200 to 299.
   *
   * @param source the whole request
   */
  record Http(HttpRequestSource source) implements PublishRule {
    @Override
    public boolean byMember() {
      return false;
    }
  }
}
