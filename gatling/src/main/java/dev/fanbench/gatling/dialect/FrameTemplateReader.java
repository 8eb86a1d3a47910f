package dev.fanbench.gatling.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Splits the text of a {@link FrameTemplate} into pieces. Environment variables are replaced here,
 * so that one that is not set is an error before the run. Immutable.
 */
final class FrameTemplateReader {
  private static final String OPENING = "${";

  private final EnvironmentLookup environment;

  FrameTemplateReader(EnvironmentLookup environment) {
    this.environment = environment;
  }

  /** The pieces of a text. */
  List<TemplatePart> text(String source) {
    return parts(source, false);
  }

  /** The pieces of a text whose bytes stand in hexadecimal. */
  List<TemplatePart> hex(String source) {
    return parts(source, true);
  }

  private List<TemplatePart> parts(String source, boolean hex) {
    List<TemplatePart> parts = new ArrayList<>();
    int at = 0;
    for (int open = source.indexOf(OPENING); open >= 0; open = source.indexOf(OPENING, at)) {
      fixed(parts, source.substring(at, open), hex);
      int close = closing(source, open);
      parts.add(part(source.substring(open + OPENING.length(), close)));
      at = close + 1;
    }
    fixed(parts, source.substring(at), hex);
    return parts;
  }

  private static void fixed(List<TemplatePart> parts, String text, boolean hex) {
    if (text.isEmpty()) {
      return;
    }
    try {
      parts.add(
          new TemplatePart.Fixed(
              hex
                  ? HexFormat.of().parseHex(text.replaceAll("\\s", ""))
                  : text.getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException odd) {
      throw new IllegalArgumentException(
          "'" + text.strip() + "' is not allowed; hex takes pairs of hexadecimal digits", odd);
    }
  }

  /** The brace that ends a placeholder; other braces inside it are in pairs, as in JSON. */
  private static int closing(String source, int open) {
    int depth = 0;
    for (int at = open; at < source.length(); at++) {
      if (source.charAt(at) == '{') {
        depth++;
      } else if (source.charAt(at) == '}' && --depth == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException(
        "'" + source.substring(open) + "' has no closing brace; a placeholder ends with }");
  }

  private TemplatePart part(String inside) {
    int colon = inside.indexOf(':');
    if (colon < 0) {
      return new TemplatePart.Value(Placeholder.of(inside).orElseThrow(() -> unknown(inside)));
    }
    String name = inside.substring(0, colon);
    String rest = inside.substring(colon + 1);
    return switch (name) {
      case "seen" -> new TemplatePart.Seen(rest);
      case "env" -> variable(rest);
      default -> call(FrameFunction.of(name).orElseThrow(() -> unknown(inside)), rest, inside);
    };
  }

  private TemplatePart variable(String name) {
    String value =
        environment
            .value(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "${env:%s} has no value; set the environment variable %1$s"
                            .formatted(name)));
    if (value.chars().anyMatch(Character::isISOControl)) {
      // The value may be a secret, so the error does not show it.
      throw new IllegalArgumentException(
          "the value of ${env:" + name + "} is not allowed; a variable takes one line of text");
    }
    return new TemplatePart.Fixed(value.getBytes(StandardCharsets.UTF_8));
  }

  private TemplatePart call(FrameFunction function, String rest, String inside) {
    int keyEnd = function.hasKey() ? colonOutsideBraces(rest) : 0;
    if (keyEnd < 0) {
      throw unknown(inside);
    }
    return new TemplatePart.Call(
        function,
        text(rest.substring(0, keyEnd)),
        text(function.hasKey() ? rest.substring(keyEnd + 1) : rest));
  }

  private static int colonOutsideBraces(String text) {
    int depth = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == ':' && depth == 0) {
        return at;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return -1;
  }

  private static IllegalArgumentException unknown(String inside) {
    return new IllegalArgumentException(
        "${%s} is not a placeholder; known are %s".formatted(inside, Placeholder.allowed()));
  }
}
