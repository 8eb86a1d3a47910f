package dev.fanbench.functions;

import dev.fanbench.functions.Variant.Broadcast;
import dev.fanbench.functions.Variant.Cleanup;
import dev.fanbench.functions.Variant.Client;
import dev.fanbench.functions.Variant.HttpClient;
import dev.fanbench.functions.Variant.Layout;
import dev.fanbench.functions.chat.PostPolicy;
import dev.fanbench.functions.chat.PostPolicy.AtGone;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The settings of one deployment. Each one is a variable of {@code template.yaml}. It is read as a
 * system property first, then as an environment variable of the same name; the AWS SDK reads its
 * own options in this order too.
 *
 * @param table {@code FANBENCH_TABLE}: the name of the table; not needed with Redis
 * @param redis {@code FANBENCH_REDIS}: {@code redis://host:port} or {@code rediss://host:port}; the
 *     address of the store that replaces the table
 * @param roomShards {@code FANBENCH_ROOM_SHARDS}: number of partition keys of one room
 * @param connectionShards {@code FANBENCH_CONNECTION_SHARDS}: number of partition keys of all
 *     connection records
 * @param postConcurrency {@code FANBENCH_POST_CONCURRENCY}: posts in flight per invocation
 * @param staleGrace {@code FANBENCH_STALE_GRACE_SECONDS}: the age from which an answer 410 means
 *     that a connection is gone for good
 * @param messageTtl {@code FANBENCH_MESSAGE_TTL_HOURS}: lifetime of stored messages
 * @param batchFunction {@code FANBENCH_BATCH_FUNCTION}: the function that posts batches of a large
 *     room; needed with {@code FANBENCH_BROADCAST=invocations} only
 * @param batchMembers {@code FANBENCH_BATCH_MEMBERS}: number of members in one such batch
 * @param variant the selected designs
 */
public record DeploymentSettings(
    String table,
    Optional<URI> redis,
    int roomShards,
    int connectionShards,
    int postConcurrency,
    Duration staleGrace,
    Duration messageTtl,
    Optional<String> batchFunction,
    int batchMembers,
    Variant variant) {

  private static final int MAX_SHARDS = 64;
  private static final int MAX_POSTS = 1_000;
  private static final int MAX_BATCH = 10_000;

  /**
   * Checks every range.
   *
   * @throws IllegalArgumentException naming the option, its value and what is allowed
   */
  public DeploymentSettings {
    if (table.isBlank() && redis.isEmpty()) {
      throw new IllegalArgumentException(
          "FANBENCH_TABLE must name a table, or FANBENCH_REDIS the address of a Redis");
    }
    requireRange("FANBENCH_ROOM_SHARDS", roomShards, 1, MAX_SHARDS);
    requireRange("FANBENCH_CONNECTION_SHARDS", connectionShards, 1, MAX_SHARDS);
    requireRange("FANBENCH_POST_CONCURRENCY", postConcurrency, 1, MAX_POSTS);
    requireRange("FANBENCH_STALE_GRACE_SECONDS", staleGrace.toSeconds(), 0, 7_200);
    requireRange("FANBENCH_MESSAGE_TTL_HOURS", messageTtl.toHours(), 1, 8_760);
    requireRange("FANBENCH_BATCH_MEMBERS", batchMembers, 1, MAX_BATCH);
  }

  /** The settings of this process. */
  public static DeploymentSettings ofProcess() {
    return of(DeploymentSettings::variable);
  }

  /** One variable of this process, {@code null} if it is not set. */
  public static String variable(String name) {
    return Optional.ofNullable(System.getProperty(name)).orElseGet(() -> System.getenv(name));
  }

  /**
   * The settings that {@code lookup} has, {@code null} meaning the default.
   *
   * @throws IllegalArgumentException naming the option, its value and what is allowed
   */
  public static DeploymentSettings of(UnaryOperator<String> lookup) {
    return new DeploymentSettings(
        Optional.ofNullable(lookup.apply("FANBENCH_TABLE")).orElse(""),
        Optional.ofNullable(lookup.apply("FANBENCH_REDIS")).map(URI::create),
        number(lookup, "FANBENCH_ROOM_SHARDS", 1),
        number(lookup, "FANBENCH_CONNECTION_SHARDS", 8),
        number(lookup, "FANBENCH_POST_CONCURRENCY", 50),
        Duration.ofSeconds(number(lookup, "FANBENCH_STALE_GRACE_SECONDS", 30)),
        Duration.ofHours(number(lookup, "FANBENCH_MESSAGE_TTL_HOURS", 24)),
        Optional.ofNullable(lookup.apply("FANBENCH_BATCH_FUNCTION")),
        number(lookup, "FANBENCH_BATCH_MEMBERS", 200),
        new Variant(
            choice(lookup, "FANBENCH_BROADCAST", Broadcast.class, Broadcast.PARALLEL),
            choice(lookup, "FANBENCH_REGISTRY", Layout.class, Layout.SHARDED),
            choice(lookup, "FANBENCH_CLEANUP", Cleanup.class, Cleanup.ON_GONE),
            choice(lookup, "FANBENCH_CLIENT", Client.class, Client.SHARED),
            choice(lookup, "FANBENCH_HTTP_CLIENT", HttpClient.class, HttpClient.LEAN)));
  }

  /** The post policy for broadcasts under these settings. */
  public PostPolicy postPolicy() {
    return new PostPolicy(variant.broadcast().postsInFlight(postConcurrency), atGone(), staleGrace);
  }

  private AtGone atGone() {
    return switch (variant.cleanup()) {
      case NONE -> AtGone.GO_ON;
      case ON_GONE -> AtGone.FORGET;
      case ABORT -> AtGone.BREAK_OFF;
    };
  }

  private static int number(UnaryOperator<String> lookup, String name, int otherwise) {
    String value = lookup.apply(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value.trim());
    } catch (NumberFormatException broken) {
      throw new IllegalArgumentException(
          "%s is %s, but must be a whole number".formatted(name, value), broken);
    }
  }

  private static <E extends Enum<E>> E choice(
      UnaryOperator<String> lookup, String name, Class<E> type, E otherwise) {
    String value = lookup.apply(name);
    if (value == null) {
      return otherwise;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> word(each).equals(value.trim()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is %s, but must be one of %s".formatted(name, value, words(type))));
  }

  private static String words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(DeploymentSettings::word)
        .collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void requireRange(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, but must be from %d to %d".formatted(name, value, least, most));
    }
  }
}
