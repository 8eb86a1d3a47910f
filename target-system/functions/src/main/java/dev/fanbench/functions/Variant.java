package dev.fanbench.functions;

/**
 * The designs that a deployment is built from. The defaults are fanbench's own. The others are the
 * designs of the systems that the chat comes from, so that their cost can be measured. Each design
 * is an option of its own.
 *
 * <p>The Slack clone uses {@code serial}, {@code hot-item}, {@code abort} and {@code per-message}.
 * The Go reference's first generation uses {@code serial} and {@code none}; its second uses {@code
 * workers} and {@code on-gone}. Both generations keep their connections in Redis.
 *
 * @param broadcast {@code FANBENCH_BROADCAST}: the number of posts in flight at a time
 * @param layout {@code FANBENCH_REGISTRY}: the layout of room members in the table
 * @param cleanup {@code FANBENCH_CLEANUP}: the treatment of a member whose connection is gone
 * @param client {@code FANBENCH_CLIENT}: the lifetime of the client that posts
 * @param http {@code FANBENCH_HTTP_CLIENT}: the HTTP client under the AWS SDK
 */
public record Variant(
    Broadcast broadcast, Layout layout, Cleanup cleanup, Client client, HttpClient http) {

  /** The good design: shards, bounded parallel posts, removal on 410, one client for all. */
  public static final Variant STANDARD =
      new Variant(
          Broadcast.PARALLEL, Layout.SHARDED, Cleanup.ON_GONE, Client.SHARED, HttpClient.LEAN);

  /** The number of posts that one publication has in flight, and the processes that send them. */
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

  /** The layout of room members in the table. */
  public enum Layout {
    /** Each member is a row, and a room is spread over partition keys. */
    SHARDED,
    /** The members of a room are in 16 items, one of which every join rewrites. */
    PACKED,
    /** All members of a room are in one item, which every join rewrites and 400 KB end. */
    HOT_ITEM,
    /** Nothing knows: every publication reads the whole table. */
    SCAN
  }

  /** The treatment of a member whose connection is gone. */
  public enum Cleanup {
    /** It stays for ever, and costs every publication a post that is logged as failed. */
    NONE,
    /** The member is removed; all other members receive the frame. */
    ON_GONE,
    /** It stays for ever, and ends every publication for everyone after it. */
    ABORT
  }

  /** The lifetime of the client that posts. */
  public enum Client {
    /** As long as the execution environment. */
    SHARED,
    /** As long as one message is handled; the next one connects anew. */
    PER_MESSAGE
  }

  /** The HTTP client under the AWS SDK, for the table and for posts. */
  public enum HttpClient {
    /** fanbench's own, on one event loop of Netty; posts are signed by a signer of its own. */
    LEAN,
    /** AWS's native one; the SDK signs. */
    CRT
  }
}
