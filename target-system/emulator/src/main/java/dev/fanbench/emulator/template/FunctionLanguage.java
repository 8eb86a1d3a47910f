package dev.fanbench.emulator.template;

import java.util.regex.Pattern;

/** The language of a function, by which the emulator chooses the way to run it. */
public enum FunctionLanguage {
  /** A class on the emulator's class path, which runs in the emulator's own process. */
  JAVA("java", FunctionLanguage.JAVA_RUNTIMES),
  /** A class that AWS's runtime interface client runs in a process of its own. */
  JAVA_PROCESS("java", FunctionLanguage.JAVA_RUNTIMES),
  /** A module that {@code node} runs in a process of its own. */
  NODE("node", "nodejs\\d+\\.x"),
  /** A module that {@code python3} runs in a process of its own. */
  PYTHON("python", "python3\\.\\d+"),
  /** A program named {@code bootstrap}, which speaks to the Runtime API itself. */
  CUSTOM("bootstrap", "provided(\\.\\w+)?");

  private static final String JAVA_RUNTIMES = "java\\d+(\\.al2)?";

  private final String word;
  private final Pattern runtimes;

  FunctionLanguage(String word, String runtimes) {
    this.word = word;
    this.runtimes = Pattern.compile(runtimes);
  }

  /** The language in one word, for people. */
  public String word() {
    return word;
  }

  /** Whether each environment is a process of its own. */
  public boolean hasOwnProcess() {
    return this != JAVA;
  }

  /**
   * The language of a {@code Runtime}.
   *
   * @throws TemplateException if the emulator does not have it
   */
  static FunctionLanguage of(String runtime, String where) {
    for (FunctionLanguage language : values()) {
      if (language.runtimes.matcher(runtime).matches()) {
        return language;
      }
    }
    throw new TemplateException(
        "%s.Runtime is %s; the emulator has java…, nodejs…, python3… and provided…"
            .formatted(where, runtime));
  }
}
