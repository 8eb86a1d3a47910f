package dev.fanbench.floor;

import dev.fanbench.target.TargetCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the floor in this process until it is stopped. */
@Command(
    name = "floor",
    mixinStandardHelpOptions = true,
    description = "The floor: a server that only writes. Prints one READY line when it listens.",
    sortOptions = false)
public final class FloorTarget extends TargetCommand {
  @Option(
      names = "--slowdown",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Makes each write take longer by this share, from 0 to 1; default 0.")
  private double slowdown;

  private FloorTarget() {}

  /** Runs the command; its exit codes are those of {@link TargetCommand}. */
  public static void main(String[] arguments) {
    System.exit(run(new CommandLine(new FloorTarget()), arguments));
  }

  @Override
  protected FloorServer start() throws IOException {
    return FloorServer.start(host(), port(), stage().orElse(FloorServer.STAGE), slowdown);
  }
}
