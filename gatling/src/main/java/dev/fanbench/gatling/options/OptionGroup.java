package dev.fanbench.gatling.options;

/** The group that an option is listed in, by {@code --help} and in the docs. */
public enum OptionGroup {
  /** The targets and the way to speak to them. */
  TARGETS("Targets"),
  /** The load that is offered. */
  LOAD("Load"),
  /** Settings of the serverless chat. A variant may change these. */
  CHAT("Serverless chat; variants may change these"),
  /** The emulated services around the serverless chat. */
  SERVICES("Emulated services of the serverless chat"),
  /** The in-memory server. */
  IN_MEMORY("In-memory server"),
  /** Access to targets. */
  ACCESS("Access"),
  /** The measurement and its results. */
  RESULTS("Measurement and results"),
  /** Set by the build; not offered to users. */
  BUILD("Build");

  private final String title;

  OptionGroup(String title) {
    this.title = title;
  }

  /** The group's heading. */
  public String title() {
    return title;
  }
}
