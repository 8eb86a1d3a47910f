package dev.fanbench.gatling.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame as a dialect's file gives it: text with placeholders, sent as UTF-8. Placeholders may
 * stand in functions of others, as in <code>${bytes:${text}}</code>. Immutable.
 */
public final class FrameTemplate implements FrameSource {

  private static final FrameContext NO_VALUES = FrameContext.of(0, "", "", 0);

  private final String source;
  private final List<TemplatePart> parts;
  private final boolean binary;

  /** Null unless all frames are equal. */
  private final byte[] constant;

  private FrameTemplate(String source, List<TemplatePart> parts, boolean binary) {
    this.source = source;
    this.parts = List.copyOf(parts);
    this.binary = binary;
    this.constant = isConstant() ? TemplatePart.join(parts, NO_VALUES) : null;
  }

  /**
   * Reads a template without environment variables.
   *
   * @throws IllegalArgumentException with the placeholder that is not known, and those that are
   */
  public static FrameTemplate text(String source) {
    return text(source, EnvironmentLookup.none());
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException also for a variable that is not set
   */
  static FrameTemplate text(String source, EnvironmentLookup environment) {
    return new FrameTemplate(source, new FrameTemplateReader(environment).text(source), false);
  }

  /** The same as a binary frame. */
  static FrameTemplate binary(String source, EnvironmentLookup environment) {
    return new FrameTemplate(source, new FrameTemplateReader(environment).text(source), true);
  }

  /** A binary frame of hexadecimal digits. */
  static FrameTemplate hex(String digits) {
    return hex(digits, EnvironmentLookup.none());
  }

  /** A binary frame of hexadecimal digits, blanks and placeholders. */
  static FrameTemplate hex(String source, EnvironmentLookup environment) {
    return new FrameTemplate(source, new FrameTemplateReader(environment).hex(source), true);
  }

  @Override
  public byte[] bytes(FrameContext values) {
    return TemplatePart.join(parts, values);
  }

  /** The same bytes in an array that others may read too. */
  byte[] shared(FrameContext values) {
    return constant == null ? bytes(values) : constant;
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
    return parts.stream().allMatch(TemplatePart.Fixed.class::isInstance);
  }

  /** Whether the text of a publication stands in the frame. */
  boolean namesText() {
    return mentions(parts, Placeholder.TEXT);
  }

  /** The names of captured texts that stand in the frame. */
  List<String> seenNames() {
    return seenNames(parts);
  }

  private static List<String> seenNames(List<TemplatePart> parts) {
    List<String> names = new ArrayList<>();
    for (TemplatePart part : parts) {
      if (part instanceof TemplatePart.Seen seen) {
        names.add(seen.name());
      } else if (part instanceof TemplatePart.Call call) {
        names.addAll(seenNames(call.all()));
      }
    }
    return names;
  }

  private static boolean mentions(List<TemplatePart> parts, Placeholder wanted) {
    return parts.stream()
        .anyMatch(
            part ->
                (part instanceof TemplatePart.Value value && value.placeholder() == wanted)
                    || (part instanceof TemplatePart.Call call && mentions(call.all(), wanted)));
  }

  @Override
  public String toString() {
    return source;
  }
}
