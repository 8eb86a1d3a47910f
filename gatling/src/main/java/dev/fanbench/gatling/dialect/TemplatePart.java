package dev.fanbench.gatling.dialect;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;

/** A piece of a {@link FrameTemplate}. */
sealed interface TemplatePart {
  /** Appends the bytes of this piece. */
  void append(FrameContext values, ByteArrayOutputStream out);

  /** The bytes of some pieces, one after the other, in an array of its own. */
  static byte[] join(List<TemplatePart> parts, FrameContext values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(part -> part.append(values, out));
    return out.toByteArray();
  }

  /** Bytes that are the same in all frames. A class, since a record of an array has no equality. */
  final class Fixed implements TemplatePart {
    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void append(FrameContext values, ByteArrayOutputStream out) {
      out.writeBytes(bytes);
    }
  }

  /** A placeholder without a function. */
  record Value(Placeholder placeholder) implements TemplatePart {
    @Override
    public void append(FrameContext values, ByteArrayOutputStream out) {
      out.writeBytes(values.value(placeholder));
    }
  }

  /** A text that was captured while the connection opened. */
  record Seen(String name) implements TemplatePart {
    @Override
    public void append(FrameContext values, ByteArrayOutputStream out) {
      out.writeBytes(values.seenText(name));
    }
  }

  /**
   * A function of other pieces.
   *
   * @param key of a function that has one; empty otherwise
   */
  record Call(FrameFunction function, List<TemplatePart> key, List<TemplatePart> parts)
      implements TemplatePart {
    @Override
    public void append(FrameContext values, ByteArrayOutputStream out) {
      out.writeBytes(function.of(join(key, values), join(parts, values)));
    }

    /** The pieces of key and input. */
    List<TemplatePart> all() {
      return Stream.concat(key.stream(), parts.stream()).toList();
    }
  }
}
