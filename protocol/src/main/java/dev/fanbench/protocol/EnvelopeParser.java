package dev.fanbench.protocol;

import com.fasterxml.jackson.core.JsonToken;
import dev.fanbench.protocol.Frame.Malformed;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads publish envelopes as Go's {@code encoding/json} fills a struct. Keys match in any case, and
 * the last duplicate wins. {@code null} leaves the earlier value, and an integer is one only if
 * written so.
 */
final class EnvelopeParser {
  /** The length of each of the three names. */
  private static final int NAME_CHARACTERS = 4;

  private boolean hasData;
  private boolean hasEchoOrType;
  private String wrong;

  private boolean echo;
  private long type;
  private String data = "null";

  private EnvelopeParser() {}

  /** The envelope in {@code object}, {@link Malformed} for wrong types, or empty if it is none. */
  static Optional<Frame> parse(JsonObject object) {
    EnvelopeParser read = read(object);
    return read.hasData && read.hasEchoOrType ? Optional.of(read.frame()) : Optional.empty();
  }

  /** The same for any object, with a zero for what it lacks. */
  static Frame complete(JsonObject object) {
    return read(object).frame();
  }

  private static EnvelopeParser read(JsonObject object) {
    EnvelopeParser reading = new EnvelopeParser();
    object.members().forEach(reading::take);
    return reading;
  }

  private Frame frame() {
    return wrong == null ? new Envelope(echo, type, data) : new Malformed(wrong);
  }

  private void take(JsonObject.Member value) {
    if (value.name().length() != NAME_CHARACTERS) {
      return;
    }
    switch (value.name().toLowerCase(Locale.ROOT)) {
      case "data" -> {
        hasData = true;
        data = CompactJson.of(value.source());
      }
      case "echo" -> {
        hasEchoOrType = true;
        takeEcho(value);
      }
      case "type" -> {
        hasEchoOrType = true;
        takeType(value);
      }
      default -> {}
    }
  }

  private void takeEcho(JsonObject.Member value) {
    switch (value.type()) {
      case VALUE_TRUE -> echo = true;
      case VALUE_FALSE -> echo = false;
      case VALUE_NULL -> {}
      default -> wrong = "echo is neither true nor false";
    }
  }

  private void takeType(JsonObject.Member value) {
    if (value.type() == JsonToken.VALUE_NULL) {
      return;
    }
    try {
      if (value.type() == JsonToken.VALUE_NUMBER_INT) {
        type = Long.parseLong(value.source());
        return;
      }
    } catch (NumberFormatException tooLarge) {
      // Falls through to the same complaint: it does not fit into 64 bits.
    }
    wrong = "type is not a 64-bit integer";
  }
}
