package dev.fanbench.reports;

import java.nio.file.Path;

/** The checkout that a command works in. */
final class Checkout {
  private Checkout() {}

  /** Its top folder: the property {@code fanbench.home}, or else the current folder. */
  static Path home() {
    return Path.of(System.getProperty("fanbench.home", "."));
  }
}
