package dev.fanbench.baseline.broadcast;

/**
 * The treatment of copies for a slow subscriber, for which the bound of waiting bytes is reached.
 * Each policy bounds the memory for one subscriber, and does not delay the others.
 */
public sealed interface SlowPolicy {
  /** The names that users choose by, in the order of a help text. */
  String NAMES = "drop, conflate, disconnect, buffer";

  /** The copies are withheld; what comes once the subscriber keeps up again is delivered. */
  record Drop() implements SlowPolicy {}

  /** Of the copies only the latest is kept, and delivered as soon as the subscriber keeps up. */
  record Conflate() implements SlowPolicy {}

  /** The connection ends, without a Close, for which there is no room. */
  record Disconnect() implements SlowPolicy {}

  /**
   * The copies are kept in order and delivered as soon as the subscriber keeps up; what is too much
   * is withheld.
   *
   * @param bytes the most that is kept for one subscriber, where a copy counts as its length and 96
   *     bytes
   */
  record Buffer(int bytes) implements SlowPolicy {
    /** Checks the range. */
    public Buffer {
      if (bytes < 0) {
        throw new IllegalArgumentException(
            "--slow-buffer-bytes=%d is not allowed; --slow-buffer-bytes takes 0 or more"
                .formatted(bytes));
      }
    }
  }

  /**
   * Reads a name.
   *
   * @param bufferBytes the bound of {@link Buffer}
   * @throws IllegalArgumentException saying what is allowed
   */
  static SlowPolicy named(String name, int bufferBytes) {
    return switch (name) {
      case "drop" -> new Drop();
      case "conflate" -> new Conflate();
      case "disconnect" -> new Disconnect();
      case "buffer" -> new Buffer(bufferBytes);
      default ->
          throw new IllegalArgumentException(
              "--slow=%s is not allowed; --slow takes %s".formatted(name, NAMES));
    };
  }
}
