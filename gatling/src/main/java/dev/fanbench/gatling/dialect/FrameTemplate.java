package dev.fanbench.gatling.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A frame as a dialect's file gives it: text with placeholders, sent as UTF-8. Placeholders may
 * stand in functions of others, as in <code>${bytes:${text}}</code>. Immutable.
 */
public final class FrameTemplate implements FrameSource {

  /** A piece of a frame. */
  private sealed interface Part {
    void append(FrameContext values, ByteArrayOutputStream out);
  }

  private static final class Fixed implements Part {
    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void append(FrameContext values, ByteArrayOutputStream out) {
      out.writeBytes(bytes);
    }
  }

  private record Value(Placeholder placeholder) implements Part {
    @Override
    public void append(FrameContext values, ByteArrayOutputStream out) {
      out.writeBytes(values.value(placeholder));
    }
  }

  private record Seen(String name) implements Part {
    @Override
    public void append(FrameContext values, ByteArrayOutputStream out) {
      out.writeBytes(values.seenText(name));
    }
  }

  private record Call(FrameFunction function, String key, List<Part> parts) implements Part {
    @Override
    public void append(FrameContext values, ByteArrayOutputStream out) {
      out.writeBytes(function.of(key.getBytes(StandardCharsets.UTF_8), join(parts, values)));
    }
  }

  private final String source;
  private final List<Part> parts;
  private final boolean binary;

  private FrameTemplate(String source, List<Part> parts, boolean binary) {
    this.source = source;
    this.parts = List.copyOf(parts);
    this.binary = binary;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with the placeholder that is not known, and those that are
   */
  public static FrameTemplate text(String source) {
    return new FrameTemplate(source, parts(source, false), false);
  }

  /** The same as a binary frame. */
  static FrameTemplate binary(String source) {
    return new FrameTemplate(source, parts(source, false), true);
  }

  /** A binary frame of hexadecimal digits, blanks and placeholders. */
  static FrameTemplate hex(String source) {
    return new FrameTemplate(source, parts(source, true), true);
  }

  private static List<Part> parts(String source, boolean hex) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (int open = source.indexOf("${"); open >= 0; open = source.indexOf("${", at)) {
      fixed(parts, source.substring(at, open), hex);
      int close = closing(source, open);
      parts.add(part(source.substring(open + 2, close)));
      at = close + 1;
    }
    fixed(parts, source.substring(at), hex);
    return parts;
  }

  private static void fixed(List<Part> parts, String text, boolean hex) {
    if (text.isEmpty()) {
      return;
    }
    try {
      parts.add(
          new Fixed(
              hex
                  ? HexFormat.of().parseHex(text.replaceAll("\\s", ""))
                  : text.getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException odd) {
      throw new IllegalArgumentException(
          "'" + text.strip() + "' is not allowed; hex takes pairs of hexadecimal digits", odd);
    }
  }

  private static int closing(String source, int open) {
    int depth = 0;
    for (int at = open; at < source.length(); at++) {
      if (source.startsWith("${", at)) {
        depth++;
        at++;
      } else if (source.charAt(at) == '}' && --depth == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException(
        "'" + source.substring(open) + "' has no closing brace; a placeholder ends with }");
  }

  private static Part part(String inside) {
    int colon = inside.indexOf(':');
    if (colon < 0) {
      return new Value(Placeholder.of(inside).orElseThrow(() -> unknown(inside)));
    }
    String name = inside.substring(0, colon);
    String rest = inside.substring(colon + 1);
    if (name.equals("seen")) {
      return new Seen(rest);
    }
    FrameFunction function = FrameFunction.of(name).orElseThrow(() -> unknown(inside));
    int keyEnd = function.hasKey() ? rest.indexOf(':') : 0;
    if (keyEnd < 0) {
      throw unknown(inside);
    }
    return new Call(
        function,
        rest.substring(0, keyEnd),
        parts(function.hasKey() ? rest.substring(keyEnd + 1) : rest, false));
  }

  private static IllegalArgumentException unknown(String inside) {
    return new IllegalArgumentException(
        "${%s} is not a placeholder; known are %s".formatted(inside, Placeholder.allowed()));
  }

  private static byte[] join(List<Part> parts, FrameContext values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(part -> part.append(values, out));
    return out.toByteArray();
  }

  @Override
  public byte[] bytes(FrameContext values) {
    return join(parts, values);
  }

  /** The frame as text. */
  public String string(FrameContext values) {
    return new String(bytes(values), StandardCharsets.UTF_8);
  }

  @Override
  public boolean binary() {
    return binary;
  }

  @Override
  public boolean changesWithTime() {
    return mentions(parts, Placeholder.EPOCH_SECONDS);
  }

  @Override
  public boolean namesRoom() {
    return mentions(parts, Placeholder.ROOM);
  }

  /** Whether the template has no placeholder. */
  boolean isConstant() {
    return parts.stream().allMatch(Fixed.class::isInstance);
  }

  /** Whether the text of a publication stands in the frame. */
  boolean namesText() {
    return mentions(parts, Placeholder.TEXT);
  }

  /** The names of captured texts that stand in the frame. */
  List<String> seenNames() {
    return seenNames(parts);
  }

  private static List<String> seenNames(List<Part> parts) {
    List<String> names = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Seen seen) {
        names.add(seen.name());
      } else if (part instanceof Call call) {
        names.addAll(seenNames(call.parts()));
      }
    }
    return names;
  }

  private static boolean mentions(List<Part> parts, Placeholder wanted) {
    return parts.stream()
        .anyMatch(
            part ->
                (part instanceof Value value && value.placeholder() == wanted)
                    || (part instanceof Call call && mentions(call.parts(), wanted)));
  }

  @Override
  public String toString() {
    return source;
  }
}
