package dev.fanbench.gatling.target;

import dev.fanbench.gatling.options.ServerDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the version of a server from the output of the program that its description names. */
final class ServerVersion {
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+(\\.\\d+)*");
  private static final int PATIENCE_SECONDS = 10;

  private ServerVersion() {}

  /** The first number with a point that the program prints; empty where it prints none. */
  static Optional<String> of(ServerDescriptor server) {
    return server.version().isEmpty() ? Optional.empty() : printed(server);
  }

  private static Optional<String> printed(ServerDescriptor server) {
    try {
      Process program =
          new ProcessBuilder(server.version())
              .directory(server.folder().toFile())
              .redirectErrorStream(true)
              .start();
      program.getOutputStream().close();
      String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        program.destroyForcibly();
      }
      Matcher number = NUMBER.matcher(output);
      return number.find() ? Optional.of(number.group()) : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
