package dev.fanbench.reports;

import java.nio.file.Path;
import java.util.Optional;

/** The folders that a command works in. */
public final class WorkFolder {
  /** The top folder of the checkout or the release. */
  private static final String HOME = "fanbench.home";

  /** The folder below which results go, where it is not the same. */
  public static final String RESULTS = "fanbench.results";

  private WorkFolder() {}

  /** The top folder of the checkout or the release: by its property, or else the current folder. */
  public static Path home() {
    return Path.of(System.getProperty(HOME, "."));
  }

  /**
   * The folder below which results are written. A release does not write into its own folder, so
   * its launcher names the current one.
   *
   * @param home used where no other folder is named
   */
  public static Path results(Path home) {
    return Optional.ofNullable(System.getProperty(RESULTS)).map(Path::of).orElse(home);
  }
}
