package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.Option;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.OptionsReader;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.search.SearchedQuantity;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.workload.Phase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of a search's steps: one changes from step to step, the others stay. Each step is
 * long enough for the percentile in its thresholds.
 *
 * @param subject the setting that changes
 * @param settings those that stay
 * @param fixedValue subscribers when a rate is searched, otherwise the rate
 * @param targets as they are typed
 * @param slos the thresholds of a sustained step
 */
record SearchPlan(
    SearchedQuantity subject,
    SettingList settings,
    double fixedValue,
    List<String> targets,
    List<Slo> slos) {

  /** Neighbouring publications resemble each other: so many are taken for one. */
  private static final int RESEMBLANCE = 2;

  private static final double STEP_SECONDS = 10;
  private static final double FIRST_DELIVERIES_PER_SECOND = 4_000;
  private static final double FIRST_SUBSCRIBERS = 100;

  /** Arrivals of a step that only checks options: enough for any percentile. */
  private static final double CHECKED_ARRIVALS = 100_000;

  /**
   * Checks what was typed.
   *
   * @throws BadOption when something is wrong with it
   */
  static SearchPlan of(SearchedQuantity subject, SettingList typed, Path home) {
    Option<?> fixed =
        subject == SearchedQuantity.RATE ? OptionCatalog.SUBSCRIBERS : OptionCatalog.RATE;
    if (!typed.has(fixed) || typed.has(searched(subject)) || typed.has(OptionCatalog.DURATION)) {
      throw new BadOption(
          "A search for %s takes %s=, and sets %s and duration itself."
              .formatted(subject.key(), fixed.key(), subject.key()));
    }
    SettingList settings =
        ExperimentLauncher.ONE_RUN.with(OptionCatalog.WORKLOAD, "search").with(typed);
    double value = number(settings, fixed);
    SearchPlan unchecked = new SearchPlan(subject, settings, value, List.of(), List.of());
    SettingList probe = unchecked.lasting(unchecked.first(), CHECKED_ARRIVALS);
    Options options = OptionsReader.read(probe.properties(home), Scenario.FANOUT.kinds(), "search");
    List<Phase> measured =
        options.workload().phases().stream().filter(phase -> !phase.warmUp()).toList();
    if (measured.size() != 1) {
      throw new BadOption("A search takes one room size, and finds " + measured.size() + ".");
    }
    List<Slo> gates = options.slos().stream().filter(Slo::gate).toList();
    if (gates.isEmpty()) {
      throw new BadOption("A search needs a threshold, such as slo=p90.lastDelivery<250ms.");
    }
    List<String> targets = targets(settings, options);
    targets.forEach(target -> requireOneRun(target, probe, home));
    return new SearchPlan(subject, settings, value, targets, gates);
  }

  /** The targets, in words that name each alone. */
  private static List<String> targets(SettingList settings, Options options) {
    List<String> servers =
        options.targets().stream()
            .filter(TargetChoice.Started.class::isInstance)
            .map(choice -> ((TargetChoice.Started) choice).server().name())
            .distinct()
            .toList();
    if (!settings.has(OptionCatalog.TARGET)) {
      return servers;
    }
    String typed = settings.values().get(OptionCatalog.TARGET.key());
    return Stream.of(typed.split(","))
        .flatMap(word -> word.equals(TargetChoice.INSTALLED) ? servers.stream() : Stream.of(word))
        .distinct()
        .toList();
  }

  /**
   * A step is one run of one target. A fault in the settings of any target is told before the first
   * step of another.
   */
  private static void requireOneRun(String target, SettingList step, Path home) {
    SettingList alone = step.with(OptionCatalog.TARGET, target);
    Options options = OptionsReader.read(alone.properties(home), Scenario.FANOUT.kinds(), "search");
    List<String> runs = options.targets().stream().map(TargetChoice::label).toList();
    if (runs.size() != 1) {
      throw new BadOption(
          "A search measures one target at a time, and these settings make %d runs for target=%s: %s."
              .formatted(runs.size(), target, String.join(", ", runs)));
    }
  }

  private static Option<?> searched(SearchedQuantity subject) {
    return subject == SearchedQuantity.RATE ? OptionCatalog.RATE : OptionCatalog.SUBSCRIBERS;
  }

  private static double number(SettingList settings, Option<?> key) {
    String text = settings.values().get(key.key());
    try {
      double number = Double.parseDouble(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number that is too small.
    }
    throw BadOption.of(key.key(), text, "one number over 0 in a search");
  }

  /** The first load, unless the user gives another. */
  double first() {
    return subject == SearchedQuantity.RATE
        ? Math.max(1, Math.min(subject.most(), FIRST_DELIVERIES_PER_SECOND / fixedValue))
        : FIRST_SUBSCRIBERS;
  }

  /**
   * The settings of one step.
   *
   * @param lengthening how many times as long as the threshold needs
   */
  SettingList at(double load, int lengthening) {
    double needed = slos.stream().mapToDouble(slo -> (double) slo.samplesNeeded()).max().orElse(1);
    needed *= RESEMBLANCE;
    double rate = rate(load);
    return lasting(load, lengthening * Math.max(needed, STEP_SECONDS * rate));
  }

  private SettingList lasting(double load, double arrivals) {
    long seconds = (long) Math.ceil(arrivals / rate(load));
    return settings
        .with(searched(subject), BigDecimal.valueOf(load).stripTrailingZeros().toPlainString())
        .with(OptionCatalog.DURATION, seconds + "s");
  }

  private double rate(double load) {
    return subject == SearchedQuantity.RATE ? load : fixedValue;
  }

  /** The setting that stays, in words. */
  String fixed() {
    SearchedQuantity other =
        subject == SearchedQuantity.RATE ? SearchedQuantity.SUBSCRIBERS : SearchedQuantity.RATE;
    return other.text(fixedValue);
  }

  /** The thresholds of a sustained step, in words. */
  String thresholds() {
    return slos.stream().map(Slo::expression).collect(Collectors.joining(", "));
  }
}
