package dev.fanbench.protocol.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The grammar of {@code Sec-WebSocket-Extensions}, RFC 6455, section 9.1. Each character is visited
 * once or twice, whatever the text is. For one text and one thread.
 */
final class ExtensionList {
  private static final String SEPARATORS = "()<>@,;:\\\"/[]?={}";

  private final String text;
  private final List<Extension> extensions = new ArrayList<>();
  private int at;

  /** An extension as a client offers it, with its parameters in their order. */
  record Extension(String name, List<Parameter> parameters) {}

  /**
   * A parameter of an extension.
   *
   * @param value without quotes; empty for a parameter that has none
   */
  record Parameter(String name, Optional<String> value) {}

  private ExtensionList(String text) {
    this.text = text;
  }

  /** Whether {@code text} is a list of extensions; elements between commas may be empty. */
  static boolean isWellFormed(String text) {
    return new ExtensionList(text).isList();
  }

  /** The extensions of a list, in its order; none if {@code text} is malformed. */
  static List<Extension> extensions(String text) {
    ExtensionList list = new ExtensionList(text);
    return list.isList() ? list.extensions : List.of();
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
    Optional<String> name = token();
    if (name.isEmpty()) {
      return false;
    }
    List<Parameter> parameters = new ArrayList<>();
    while (skip(';')) {
      Optional<String> parameter = token();
      if (parameter.isEmpty()) {
        return false;
      }
      Optional<String> value = Optional.empty();
      if (skip('=')) {
        value = value();
        if (value.isEmpty()) {
          return false;
        }
      }
      parameters.add(new Parameter(parameter.get(), value));
    }
    extensions.add(new Extension(name.get(), parameters));
    return true;
  }

  /** A token or a quoted string, whose escapes are resolved; empty if there is neither. */
  private Optional<String> value() {
    skipBlanks();
    if (at == text.length() || text.charAt(at) != '"') {
      return token();
    }
    StringBuilder unquoted = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        skipBlanks();
        return Optional.of(unquoted.toString());
      }
      if (c == '\\') {
        at++;
      }
      if (at < text.length()) {
        unquoted.append(text.charAt(at));
      }
    }
    return Optional.empty();
  }

  private Optional<String> token() {
    skipBlanks();
    int start = at;
    while (at < text.length() && isTokenCharacter(text.charAt(at))) {
      at++;
    }
    Optional<String> token = at > start ? Optional.of(text.substring(start, at)) : Optional.empty();
    skipBlanks();
    return token;
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
