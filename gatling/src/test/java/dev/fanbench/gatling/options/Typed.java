package dev.fanbench.gatling.options;

import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Options as tests type them. */
final class Typed {
  static final Set<PhaseKind> ALL = EnumSet.allOf(PhaseKind.class);
  static final Set<PhaseKind> FANOUT = EnumSet.of(PhaseKind.FANOUT);

  private Typed() {}

  /** The options that these would be on the command line, such as {@code rate=5}. */
  static Options read(Set<PhaseKind> kinds, String... options) {
    Properties properties = new Properties();
    properties.setProperty("java.version", "ignored");
    properties.setProperty("fanbench.floor", "off");
    for (String option : options) {
      int equals = option.indexOf('=');
      properties.setProperty(
          "fanbench." + option.substring(0, equals), option.substring(equals + 1));
    }
    properties.setProperty("fanbench.home", "..");
    return OptionsReader.read(properties, kinds, "default");
  }

  /** The phases that are reported. */
  static List<Phase> measured(Options options) {
    return options.workload().phases().stream().filter(p -> !p.warmUp()).toList();
  }

  static Phase phase(Options options, String name) {
    return options.workload().phases().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<String> names(Options options) {
    return measured(options).stream().map(Phase::name).toList();
  }

  static List<String> labels(Options options) {
    return options.targets().stream().map(TargetChoice::label).toList();
  }
}
