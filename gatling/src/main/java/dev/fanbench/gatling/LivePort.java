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

/** Where the run can be watched, if it can be. */
final class LivePort {
  private final Progress progress;
  private final Optional<LiveServer> server;

  private LivePort(Progress progress, Optional<LiveServer> server) {
    this.progress = progress;
    this.server = server;
  }

  /**
   * Listens, and says where.
   *
   * @param port 0 for any, empty for no page
   * @throws BadOption when it cannot be had
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

  /** Tells whoever watches how the run ended, and where its report is, and stops listening. */
  void close(List<String> lines, Optional<Path> page) {
    progress.live().ended(new LiveView.Ending(lines, page));
    server.ifPresent(LiveServer::close);
  }
}
