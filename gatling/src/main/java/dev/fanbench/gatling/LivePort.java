package dev.fanbench.gatling;

import dev.fanbench.gatling.experiment.Progress;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.reports.LiveServer;
import dev.fanbench.reports.model.LiveView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The live page of a run, if one is wanted. */
final class LivePort {
  private final Progress progress;
  private final Optional<LiveServer> server;

  private LivePort(Progress progress, Optional<LiveServer> server) {
    this.progress = progress;
    this.server = server;
  }

  /**
   * Listens, and prints the address.
   *
   * @param port 0 for any, empty for no page
   * @throws BadOption when the port cannot be used
   */
  static LivePort open(OptionalInt port, Progress progress) {
    if (port.isEmpty()) {
      return new LivePort(progress, Optional.empty());
    }
    try {
      LiveServer server =
          LiveServer.start(port.getAsInt(), progress.live(), SystemNanoClock.INSTANCE);
      progress.say("Live: " + server.address());
      return new LivePort(progress, Optional.of(server));
    } catch (IOException e) {
      throw new BadOption(
          "live=%d is not allowed (%s); live=on takes any free port."
              .formatted(port.getAsInt(), e.getMessage()));
    }
  }

  /** Shows the end of the run and the path of its report, and stops listening. */
  void close(List<String> lines, Optional<Path> page) {
    progress.live().ended(new LiveView.Ending(lines, page));
    server.ifPresent(LiveServer::close);
  }
}
