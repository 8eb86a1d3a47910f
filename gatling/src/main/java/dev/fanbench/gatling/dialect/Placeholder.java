package dev.fanbench.gatling.dialect;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A value that stands in frames as <code>${room}</code> and so on. */
enum Placeholder {
  ROOM("room"),
  TEXT("text"),
  N("n"),
  CLIENT("client"),
  USER("user"),
  TOKEN("token"),
  EPOCH_SECONDS("epochSeconds");

  /** Placeholders with a name of the file's own. */
  private static final String NAMED = "${seen:NAME}, ${env:NAME}";

  private final String word;

  Placeholder(String word) {
    this.word = word;
  }

  static Optional<Placeholder> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /** The placeholder as it stands in a file. */
  String inBraces() {
    return "${" + word + "}";
  }

  /** All placeholders, for an error. */
  static String allowed() {
    return Arrays.stream(values()).map(Placeholder::inBraces).collect(Collectors.joining(", "))
        + ", "
        + NAMED
        + ", "
        + Arrays.stream(FrameFunction.values())
            .map(FrameFunction::inBraces)
            .collect(Collectors.joining(", "));
  }
}
