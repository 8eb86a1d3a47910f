package dev.fanbench.gatling.command;

import dev.fanbench.gatling.ConnectSimulation;
import dev.fanbench.gatling.FanoutSimulation;
import dev.fanbench.gatling.IntegrationSimulation;
import dev.fanbench.gatling.RoundTripSimulation;
import dev.fanbench.gatling.TradeoffSimulation;
import dev.fanbench.gatling.VariantsSimulation;
import dev.fanbench.measurement.workload.PhaseKind;
import io.gatling.javaapi.core.Simulation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A simulation by the name it has on the command line. */
enum Scenario {
  /** Every kind of phase that the workload has. */
  TRADEOFF(TradeoffSimulation.class),
  CONNECT(ConnectSimulation.class),
  ROUNDTRIP(RoundTripSimulation.class),
  FANOUT(FanoutSimulation.class),
  VARIANTS(VariantsSimulation.class),
  INTEGRATIONS(IntegrationSimulation.class);

  private final Class<? extends Simulation> simulation;

  Scenario(Class<? extends Simulation> simulation) {
    this.simulation = simulation;
  }

  /** The class name, for Gatling. */
  String simulation() {
    return simulation.getName();
  }

  /** The kinds of phases that it measures. */
  Set<PhaseKind> kinds() {
    return switch (this) {
      case TRADEOFF -> EnumSet.allOf(PhaseKind.class);
      case CONNECT -> EnumSet.of(PhaseKind.CONNECT);
      case ROUNDTRIP -> EnumSet.of(PhaseKind.ECHO, PhaseKind.CHAT);
      case FANOUT, VARIANTS -> EnumSet.of(PhaseKind.FANOUT);
      case INTEGRATIONS -> EnumSet.of(PhaseKind.CONNECT, PhaseKind.ECHO);
    };
  }

  /** The workload it measures unless another is asked for. */
  String workload() {
    return this == VARIANTS || this == INTEGRATIONS ? toString() : "default";
  }

  /** The names, for help, errors and the Tab key. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(values()).map(Scenario::toString).iterator();
    }
  }

  /** Reads a name. */
  static final class Reader implements ITypeConverter<Scenario> {
    @Override
    public Scenario convert(String typed) {
      return Arrays.stream(values())
          .filter(scenario -> scenario.toString().equals(typed))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "\"" + typed + "\" is none of " + Arrays.toString(values())));
    }
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
