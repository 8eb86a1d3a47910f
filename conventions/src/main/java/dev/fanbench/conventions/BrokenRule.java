package dev.fanbench.conventions;

import java.nio.file.Path;

/**
 * One place that breaks a rule.
 *
 * @param module the module's folder name, or {@code docs} for Markdown outside the modules
 * @param file relative to the project's root
 * @param line counted from 1
 * @param text the beginning of what breaks the rule
 */
public record BrokenRule(LanguageRule rule, String module, Path file, long line, String text) {
  private static final int SHOWN = 100;

  @Override
  public String toString() {
    String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return file + ":" + line + ": " + start;
  }
}
