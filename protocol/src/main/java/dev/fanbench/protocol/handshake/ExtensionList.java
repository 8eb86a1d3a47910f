package dev.fanbench.protocol.handshake;

/**
 * The grammar of {@code Sec-WebSocket-Extensions}, RFC 6455, section 9.1. Each character is visited
 * once or twice, whatever the text is. For one text and one thread.
 */
final class ExtensionList {
  private static final String SEPARATORS = "()<>@,;:\\\"/[]?={}";

  private final String text;
  private int at;

  private ExtensionList(String text) {
    this.text = text;
  }

  /** Whether {@code text} is a list of extensions; elements between commas may be empty. */
  static boolean isWellFormed(String text) {
    return new ExtensionList(text).isList();
  }

  private boolean isList() {
    while (true) {
      skipBlanks();
      boolean empty = at == text.length() || text.charAt(at) == ',';
      if (!empty && !isExtension()) {
        return false;
      }
      if (at == text.length()) {
        return true;
      }
      if (!skip(',')) {
        return false;
      }
    }
  }

  private boolean isExtension() {
    if (!skipToken()) {
      return false;
    }
    while (skip(';')) {
      if (!skipToken() || (skip('=') && !skipValue())) {
        return false;
      }
    }
    return true;
  }

  private boolean skipValue() {
    skipBlanks();
    if (at == text.length() || text.charAt(at) != '"') {
      return skipToken();
    }
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        skipBlanks();
        return true;
      }
      if (c == '\\') {
        at++;
      }
    }
    return false;
  }

  private boolean skipToken() {
    skipBlanks();
    int start = at;
    while (at < text.length() && isTokenCharacter(text.charAt(at))) {
      at++;
    }
    boolean any = at > start;
    skipBlanks();
    return any;
  }

  private boolean skip(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static boolean isTokenCharacter(char c) {
    return c > ' ' && c < 0x7f && SEPARATORS.indexOf(c) < 0;
  }
}
