package dev.fanbench.emulator.quota;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A quota of AWS for one account, one connection or one partition. The standard values are
 * documented by AWS, except those marked <b>assumed</b>.
 */
public enum Quota {
  /**
   * New connections a second over the whole account; a handshake over it is answered with 429. API
   * Gateway.
   */
  CONNECTS_PER_SECOND("connectsPerSecond", 500),

  /** New connections at once after a rest. Assumed: what comes in one second. */
  CONNECT_BURST("connectBurst", 500),

  /**
   * Messages of clients and calls of {@code @connections} a second, which share it over the whole
   * account. A call over it is answered with 429. Assumed: a message over it is answered with a
   * frame {@code Too Many Requests}, and no function hears of it. API Gateway.
   */
  ACCOUNT_PER_SECOND("accountPerSecond", 10_000),

  /** Messages and calls at once after a rest. API Gateway. */
  ACCOUNT_BURST("accountBurst", 5_000),

  /** Longest frame of a client, in bytes; a longer one closes with 1009. API Gateway. */
  FRAME_BYTES("frameBytes", 32 * 1024),

  /**
   * Longest message in bytes. A longer one of a client, over all its frames, closes with 1009. API
   * Gateway. Assumed: a longer route response is an error frame to the sender, who stays.
   */
  MESSAGE_BYTES("messageBytes", 128 * 1024),

  /** Longest body of a post, in bytes; a longer one is answered with 413. API Gateway. */
  POST_BYTES("postBytes", 128 * 1024),

  /**
   * Longest request line and headers together, in bytes without their line ends; a longer request
   * is answered with 414 or 431. API Gateway.
   */
  HEAD_BYTES("headBytes", 10 * 1024),

  /**
   * Longest time in milliseconds from the first byte of a request to its last, and from a new
   * connection to the end of its first request; 408 afterwards. Assumed: API Gateway does not tell.
   */
  REQUEST_MILLIS("requestMillis", 10_000),

  /**
   * The bytes that may wait for one slow client, including the kernel's half. Above it posts are
   * answered with 429 and reading from the client pauses, until the client has read half. Assumed:
   * API Gateway has such a buffer, but its size is not documented.
   */
  SLOW_CLIENT_BYTES("slowClientBytes", 512 * 1024),

  /**
   * Messages of one client that may be worked on at once; the next is read when one is answered.
   * Their bytes are bounded by {@link #SLOW_CLIENT_BYTES}, too. Assumed: no such bound is
   * documented, and without one a client that reads nothing could have any number of answers kept.
   */
  CLIENT_REQUESTS("clientRequests", 128),

  /** A connection without a message for this many seconds is closed with 1001. API Gateway. */
  IDLE_SECONDS("idleSeconds", 10 * 60),

  /** A connection that is this many seconds old is closed with 1001. API Gateway. */
  AGE_SECONDS("ageSeconds", 2 * 60 * 60),

  /** Longest time of an integration in milliseconds, whatever the template says. API Gateway. */
  INTEGRATION_MILLIS("integrationMillis", 29_000),

  /** Requests that all functions of the account may have open; more are refused. Lambda. */
  CONCURRENCY("concurrency", 1_000),

  /** Environments that one function may be given in ten seconds; more are refused. Lambda. */
  ENVIRONMENTS_PER_TEN_SECONDS("environmentsPerTenSeconds", 1_000),

  /** Longest answer of a function, in bytes; a longer one fails its request. Lambda. */
  PAYLOAD_BYTES("payloadBytes", 6 * 1024 * 1024),

  /**
   * Partitions of a table. Assumed from the throughput that DynamoDB documents for a new table on
   * demand, 4,000 write and 12,000 read units a second, and from that of a partition.
   */
  TABLE_PARTITIONS("tablePartitions", 4),

  /** Read units a second of one partition; further reads are refused. DynamoDB. */
  READ_UNITS_PER_SECOND("readUnitsPerSecond", 3_000),

  /** Write units a second of one partition; further writes are refused. DynamoDB. */
  WRITE_UNITS_PER_SECOND("writeUnitsPerSecond", 1_000),

  /**
   * Largest item in bytes; DynamoDB Local itself refuses a larger one, so it has no other value.
   */
  ITEM_BYTES("itemBytes", 400 * 1024);

  private final String key;
  private final long standard;

  Quota(String key, long standard) {
    this.key = key;
    this.standard = standard;
  }

  /** Its name for users. */
  public String key() {
    return key;
  }

  /** The value of a new account. */
  public long standard() {
    return standard;
  }

  /**
   * The quota of a name.
   *
   * @throws IllegalArgumentException with a sentence that lists all names
   */
  public static Quota named(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no quota %s; there are %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(Quota::key)
                                .collect(Collectors.joining(", ")))));
  }
}
