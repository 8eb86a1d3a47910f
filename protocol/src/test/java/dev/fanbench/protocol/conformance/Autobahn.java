package dev.fanbench.protocol.conformance;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs cases of the Autobahn suite against a server that echoes every message. */
public final class Autobahn {
  private static final Path REPORTS = Path.of("target", "autobahn");
  private static final String VERDICT = "VERDICT ";
  private static final int MOST_MINUTES = 30;

  private Autobahn() {}

  /**
   * What the suite says of one case.
   *
   * @param id its number, for example {@code 7.9.1}
   * @param behaviour what it says of the messages
   * @param close what it says of the connection's end
   */
  public record Verdict(String id, String behaviour, String close) {
    private static final Set<String> BEHAVIOURS = Set.of("OK", "NON-STRICT", "INFORMATIONAL");
    private static final Set<String> CLOSES = Set.of("OK", "INFORMATIONAL");

    /** Whether the RFC allows it. */
    public boolean holds() {
      return BEHAVIOURS.contains(behaviour) && CLOSES.contains(close);
    }
  }

  /**
   * Runs cases one after the other. The suite's own pages about each, and what it printed, are left
   * in {@code target/autobahn/<name>}.
   *
   * @param cases numbers, for example {@code 7.9.1}, or all of a section, {@code 7.*}
   * @param without numbers or sections among them to leave out
   * @throws IOException if the suite fails or takes more than 30 minutes
   */
  public static List<Verdict> run(String name, URI server, List<String> cases, List<String> without)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectories(REPORTS.resolve(name));
    Path log = directory.resolve("autobahn.log");
    Process suite =
        new ProcessBuilder(command(directory, server, cases, without))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!suite.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || suite.exitValue() != 0) {
        throw new IOException("the Autobahn suite failed; see " + log.toAbsolutePath());
      }
    } finally {
      suite.destroyForcibly();
    }
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith(VERDICT))
        .map(line -> line.split(" "))
        .map(words -> new Verdict(words[1], words[2], words[3]))
        .toList();
  }

  private static List<String> command(
      Path directory, URI server, List<String> cases, List<String> without) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dpython.cachedir.skip=true"));
    command.addAll(List.of("-cp", classPath(), "org.python.util.jython", "-c", script()));
    command.addAll(List.of(server.toString(), directory.toString()));
    command.addAll(List.of(String.join(",", cases), String.join(",", without)));
    return command;
  }

  /** Nothing but the suite: Python's io and Netty's would be one package to Jython. */
  private static String classPath() {
    // Surefire hides the real class path behind a jar of its own.
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> entry.contains("autobahntestsuite") || entry.contains("jython-standalone"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String script() throws IOException {
    try (InputStream script = Autobahn.class.getResourceAsStream("autobahn.py")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
