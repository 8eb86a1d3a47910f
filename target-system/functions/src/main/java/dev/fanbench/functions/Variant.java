package dev.fanbench.functions;

/**
 * Which designs a deployment is built from: ours by default, or those of the systems that the chat
 * comes from, so that what they cost can be measured. Each is an option of its own.
 *
 * <p>Of those systems, the Slack clone is {@code serial}, {@code hot-item}, {@code abort} and
 * {@code per-message}; the Go reference's first generation is {@code serial} and {@code none}, its
 * second {@code workers} and {@code on-gone}, both with their connections in Redis.
 *
 * @param broadcast {@code FANBENCH_BROADCAST}: how many posts are in flight at one time
 * @param layout {@code FANBENCH_REGISTRY}: how the table knows who is in a room
 * @param cleanup {@code FANBENCH_CLEANUP}: what becomes of a member that is gone
 * @param client {@code FANBENCH_CLIENT}: how long the client that posts lives
 */
public record Variant(Broadcast broadcast, Layout layout, Cleanup cleanup, Client client) {

  /** The good design: shards, bounded parallel posts, removal on 410, one client for all. */
  public static final Variant STANDARD =
      new Variant(Broadcast.PARALLEL, Layout.SHARDED, Cleanup.ON_GONE, Client.SHARED);

  /** How many posts one publication has in flight, and where. */
  public enum Broadcast {
    /** One, so that the last member waits for all others. */
    SERIAL,
    /** As many as {@code FANBENCH_POST_CONCURRENCY} says. */
    PARALLEL,
    /** As many as that in each of several invocations, when the room is large. */
    INVOCATIONS,
    /** As many as a pool of 4 workers for each processor would have. */
    WORKERS;

    private static final int WORKERS_PER_PROCESSOR = 4;

    int postsInFlight(int postConcurrency) {
      return switch (this) {
        case SERIAL -> 1;
        case PARALLEL, INVOCATIONS -> postConcurrency;
        case WORKERS -> WORKERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
      };
    }
  }

  /** How the table knows who is in a room. */
  public enum Layout {
    /** Each member is a row, and a room is spread over partition keys. */
    SHARDED,
    /** All members of a room are in one item, which every join rewrites and 400 KB end. */
    HOT_ITEM,
    /** Nothing knows: every publication reads the whole table. */
    SCAN
  }

  /** What becomes of a member whose connection is gone. */
  public enum Cleanup {
    /** It stays for ever, and costs every publication a post that is logged as failed. */
    NONE,
    /** It is removed, and hurts nobody. */
    ON_GONE,
    /** It stays for ever, and ends every publication for everyone after it. */
    ABORT
  }

  /** How long the client that posts lives. */
  public enum Client {
    /** As long as the execution environment. */
    SHARED,
    /** As long as one message is handled; the next one connects anew. */
    PER_MESSAGE
  }
}
