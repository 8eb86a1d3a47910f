package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.measurement.host.Machine;
import dev.fanbench.measurement.record.RunPlan;
import dev.fanbench.measurement.workload.SharedWorkload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Describes a run: version, revision, machine, target and workload. */
final class RunEnvironment {
  private static final String UNKNOWN = "unknown";

  private RunEnvironment() {}

  static RunPlan plan(
      Path home, Target target, SharedWorkload offered, Pinning pinning, String experiment) {
    Map<String, String> environment = new LinkedHashMap<>(Machine.describe());
    environment.put("pinning", pinning.description());
    return new RunPlan(
        version(), revision(home), target.description(), offered, environment, experiment);
  }

  /** The build, which must be the same in all load processes of a run. */
  static String build(Path home) {
    return version() + " " + revision(home);
  }

  private static String version() {
    String version = RunEnvironment.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0-SNAPSHOT" : version;
  }

  /** The checkout's git revision, {@code +dirty} when files are changed. */
  private static String revision(Path home) {
    String revision = git(home, "rev-parse", "--short=12", "HEAD");
    if (revision.equals(UNKNOWN)) {
      return UNKNOWN;
    }
    String changed = git(home, "status", "--porcelain", "--untracked-files=no");
    return changed.isEmpty() ? revision : revision + "+dirty";
  }

  private static String git(Path home, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0
          ? out.strip()
          : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }
}
