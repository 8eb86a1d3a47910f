package dev.fanbench.gatling.command;

import picocli.CommandLine.Option;

/** {@code --simulation}, of every command that measures what the user chooses. */
final class ScenarioOption {

  @Option(
      names = "--simulation",
      converter = Scenario.Reader.class,
      completionCandidates = Scenario.Names.class,
      paramLabel = "NAME",
      defaultValue = "tradeoff",
      description = "One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Scenario scenario;

  /** The chosen simulation. */
  Scenario chosen() {
    return scenario;
  }
}
