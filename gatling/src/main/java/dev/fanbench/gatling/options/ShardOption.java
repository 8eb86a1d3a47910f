package dev.fanbench.gatling.options;

import dev.fanbench.measurement.workload.PhaseBuilder;
import dev.fanbench.measurement.workload.PhaseShare;
import dev.fanbench.measurement.workload.Shard;
import dev.fanbench.measurement.workload.SharedWorkload;
import dev.fanbench.measurement.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The option {@code shard}. An array job tells each of its processes a number and how many there
 * are, in environment variables. They are read where {@code peers} says that shards meet, so that a
 * run of its own in such a job stays one.
 */
final class ShardOption {
  static final String ALLOWED =
      "INDEX/COUNT such as 0/4, with an index from 0 and %d shards at most".formatted(Shard.MOST);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  /** The variables of array jobs. */
  private static final List<Variables> KNOWN =
      List.of(
          new Variables("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", 0),
          new Variables("AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", 0),
          new Variables("CI_NODE_INDEX", "CI_NODE_TOTAL", 1));

  /**
   * A pair of environment variables.
   *
   * @param first the lowest index
   */
  private record Variables(String index, String count, int first) {}

  private ShardOption() {}

  /**
   * Reads what was typed.
   *
   * @throws IllegalArgumentException when it is none of {@link #ALLOWED}
   */
  static Shard parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    Option.require(matcher.matches());
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The workload and the share of this process. */
  static SharedWorkload offered(
      OptionValueSet values,
      List<TargetChoice> targets,
      boolean floor,
      Workload whole,
      UnaryOperator<String> environment) {
    Shard shard = shard(values, environment);
    if (shard.isAlone()) {
      return SharedWorkload.alone(whole);
    }
    if (floor || !targets.stream().allMatch(TargetChoice.Remote.class::isInstance)) {
      throw new BadOption(
          "shard=%s is for targets by URL, which all shards measure; fanbench starts none of them."
              .formatted(shard));
    }
    Workload offered = warmedUpByAll(whole, shard.count());
    offered.phases().stream()
        .flatMap(phase -> PhaseShare.lack(phase, shard.count()).stream())
        .findFirst()
        .ifPresent(
            sentence -> {
              throw new BadOption(sentence);
            });
    return new SharedWorkload(offered, shard);
  }

  /** The workload with an arrival for every shard in each warm-up, which is longer for that. */
  private static Workload warmedUpByAll(Workload whole, int shards) {
    return new Workload(
        whole.name(),
        whole.phases().stream()
            .map(
                phase ->
                    phase.warmUp() && phase.count() < shards
                        ? PhaseBuilder.builder(phase).count(shards).blocks(1).build()
                        : phase)
            .toList(),
        whole.arrivals(),
        whole.payloadBytes(),
        whole.drainMillis(),
        whole.seed());
  }

  /** The shard that was typed, or that the environment of an array job tells. */
  static Shard shard(OptionValueSet values, UnaryOperator<String> environment) {
    Optional<Shard> typed = values.find(OptionCatalog.SHARD);
    if (typed.isPresent() || !values.has(OptionCatalog.PEERS)) {
      return typed.orElse(Shard.ALONE);
    }
    return KNOWN.stream()
        .flatMap(variables -> shard(variables, environment).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new BadOption(
                    "peers= is for shards; give shard=INDEX/COUNT, or run it as an array job."));
  }

  /** The number of processes alone is set in jobs that are no array, too. */
  private static Optional<Shard> shard(Variables known, UnaryOperator<String> environment) {
    String index = environment.apply(known.index());
    String count = environment.apply(known.count());
    if (index == null || index.isEmpty()) {
      return Optional.empty();
    }
    if (count == null || count.isEmpty()) {
      throw new BadOption(
          "%s=%s is set and %s is not; set both, or give shard=INDEX/COUNT."
              .formatted(known.index(), index, known.count()));
    }
    try {
      return Optional.of(
          new Shard(Integer.parseInt(index) - known.first(), Integer.parseInt(count)));
    } catch (IllegalArgumentException malformed) {
      throw new BadOption(
          "%s=%s and %s=%s name no shard; the index counts from %d and is %s the count."
              .formatted(
                  known.index(),
                  index,
                  known.count(),
                  count,
                  known.first(),
                  known.first() == 0 ? "below" : "at most"));
    }
  }
}
