package dev.fanbench.gatling;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.measurement.workload.PhaseKind;
import io.gatling.javaapi.core.PopulationBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Properties;

/**
 * The fan-out of a room as a population of a Gatling simulation, beside scenarios of any other
 * kind.
 *
 * <pre>{@code
 * setUp(
 *     Fanout.fanout("room").target(URI.create("ws://127.0.0.1:9003")).dialect("socketio")
 *         .subscribers(1000).rate(20).duration(Duration.ofSeconds(30)).population(),
 *     browsing.injectOpen(constantUsersPerSec(10).during(30)));
 * }</pre>
 *
 * <p>Closed arrivals are requests in Gatling's report. The run directory and the page lie below
 * {@code target/fanbench}. A threshold that was missed ends the JVM with fanbench's exit code.
 *
 * <p>One for each JVM, because exit code and machine are those of one experiment. Not thread-safe.
 */
public final class Fanout {
  private static final String PREFIX = "fanbench.";
  private static final String RESOURCE = "/workloads/fanout.conf";
  private static final double MILLIS_PER_SECOND = 1_000;

  private final String name;
  private final Properties options = new Properties();
  private Path directory = Path.of("target", "fanbench");

  private Fanout(String name) {
    this.name = name;
  }

  /**
   * A fan-out of 100 subscribers at 20 publications a second, for 10 s.
   *
   * @param name of the scenario and the run: letters, digits, dots, hyphens and underscores
   */
  public static Fanout fanout(String name) {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new BadOption(
          "name=%s is not allowed; name takes letters, digits, dots, hyphens and underscores."
              .formatted(name));
    }
    return new Fanout(name);
  }

  /** The server, which runs already. */
  public Fanout target(URI url) {
    return option("target", url.toString());
  }

  /** The protocol of the server: the name of a dialect that ships, or a path to a file. */
  public Fanout dialect(String word) {
    boolean file = word.endsWith(".conf");
    return option("dialect", file ? Path.of(word).toAbsolutePath().toString() : word);
  }

  /** Members of the room that publish in turn, and receive the publications of the others. */
  public Fanout publishers(int count) {
    return option("publishers", String.valueOf(count));
  }

  /** Members of the room that receive. */
  public Fanout subscribers(int count) {
    return option("subscribers", String.valueOf(count));
  }

  /** Publications per second, by a fixed schedule. */
  public Fanout rate(double perSecond) {
    return option("rate", String.valueOf(perSecond));
  }

  /** The time of the load, the warm-up left out. */
  public Fanout duration(Duration time) {
    return option("duration", time.toMillis() / MILLIS_PER_SECOND + "s");
  }

  /** Thresholds, such as {@code p99.lastDelivery<250ms}. */
  public Fanout thresholds(String... expressions) {
    return option("slo", String.join(",", expressions));
  }

  /** Any option of {@code docs/options.md}. */
  public Fanout option(String key, String value) {
    options.setProperty(PREFIX + key, value);
    return this;
  }

  /** The folder for runs and the page, in place of {@code target/fanbench}. */
  public Fanout directory(Path other) {
    directory = other;
    return this;
  }

  /**
   * The users. System properties that begin with {@code fanbench.} replace options given here.
   *
   * @throws BadOption when an option is wrong, or the server does not answer
   */
  public PopulationBuilder population() {
    Properties all = new Properties();
    all.putAll(options);
    System.getProperties().stringPropertyNames().stream()
        .filter(key -> key.startsWith(PREFIX))
        .forEach(key -> all.setProperty(key, System.getProperty(key)));
    Path home = directory.toAbsolutePath();
    all.setProperty(PREFIX + "home", home.toString());
    ExitReport ending =
        ExperimentSetup.prepare(all, EnumSet.of(PhaseKind.FANOUT), workload(home).toString());
    return ExperimentSetup.users(name, ending.experiment(), ending::report).population();
  }

  /** The workload that all options are laid over. */
  private Path workload(Path home) {
    Path file = home.resolve(name + ".conf");
    try (InputStream defaults = Fanout.class.getResourceAsStream(RESOURCE)) {
      // Without servers of its own, this folder is a checkout's as far as the load looks at it.
      Files.createDirectories(home.resolve("servers"));
      Files.copy(defaults, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(home + " cannot be written", unwritable);
    }
    return file;
  }
}
