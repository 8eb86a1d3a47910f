package dev.fanbench.protocol;

/**
 * A publish envelope: data for every other connection, or for the sender too.
 *
 * @param echo whether the sender gets a copy
 * @param type the publisher's own tag, passed through
 * @param data one JSON value as it goes out: compact, with the characters that matter in HTML
 *     escaped, otherwise as it was written
 */
public record Envelope(boolean echo, long type, String data) implements Frame {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.envelope(this);
  }
}
