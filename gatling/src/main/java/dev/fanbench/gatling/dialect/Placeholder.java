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

  /** Functions of other values, and captured texts, for a reader of an error. */
  private static final String FUNCTIONS =
      "${seen:NAME}, ${bytes:…}, ${json:…}, ${base64url:…}, ${md5:…} and ${hmac-sha256:KEY:…}";

  private final String word;

  Placeholder(String word) {
    this.word = word;
  }

  static Optional<Placeholder> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /** All placeholders, for an error. */
  static String allowed() {
    return Arrays.stream(values())
            .map(each -> "${" + each.word + "}")
            .collect(Collectors.joining(", "))
        + ", "
        + FUNCTIONS;
  }
}
