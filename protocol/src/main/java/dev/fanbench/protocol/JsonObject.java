package dev.fanbench.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The members of one JSON object, one level deep: enough to route a frame without building a tree.
 * A member that is given twice has its last value. Immutable.
 */
public final class JsonObject {
  /**
   * One name and its value.
   *
   * @param name the name, without quotes and escapes
   * @param type the first token of the value
   * @param text the characters of a string, without quotes and escapes; {@code null} for all else
   * @param document what the value is in
   * @param start where in {@code document} the value starts
   * @param end where it has ended
   */
  record Member(
      String name, JsonToken type, String text, CharSequence document, int start, int end) {

    /** The value as it was written. Copied when it is asked for: most members are not. */
    String source() {
      return document.subSequence(start, end).toString();
    }
  }

  private final List<Member> members;

  private JsonObject(List<Member> members) {
    this.members = members;
  }

  /**
   * Reads a text that is one JSON object and nothing else, blanks around it aside.
   *
   * @return empty for anything else: another JSON value, broken JSON, JSON nested too deeply
   */
  public static Optional<JsonObject> parse(String text) {
    if (!startsWithBrace(text)) {
      return Optional.empty();
    }
    try (JsonParser parser = ClientJson.parser(text)) {
      return read(parser, text);
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string cannot fail to be read", impossible);
    }
  }

  /** Reads what {@code parser} makes of {@code text}, which begins with a brace. */
  static Optional<JsonObject> read(JsonParser parser, CharSequence text) throws IOException {
    parser.nextToken();
    List<Member> members = new ArrayList<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      members.add(member(name, parser, text));
    }
    return parser.nextToken() == null ? Optional.of(new JsonObject(members)) : Optional.empty();
  }

  private static boolean startsWithBrace(String text) {
    int i = 0;
    while (i < text.length() && " \t\r\n".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i < text.length() && text.charAt(i) == '{';
  }

  private static Member member(String name, JsonParser parser, CharSequence document)
      throws IOException {
    JsonToken type = parser.nextToken();
    int start = (int) parser.currentTokenLocation().getCharOffset();
    String text = type == JsonToken.VALUE_STRING ? parser.getText() : null;
    parser.skipChildren();
    int end = (int) parser.currentLocation().getCharOffset();
    return new Member(name, type, text, document, start, end);
  }

  /** The characters of the member {@code name}, or empty when it is absent or not a string. */
  public Optional<String> string(String name) {
    return last(name).filter(m -> m.type() == JsonToken.VALUE_STRING).map(Member::text);
  }

  /** The source of the value of the member {@code name}, whatever its type, or empty. */
  public Optional<String> source(String name) {
    return last(name).map(Member::source);
  }

  /** The names of the members, each once, in the order of their first appearance. */
  public List<String> names() {
    return members.stream().map(Member::name).distinct().toList();
  }

  /** Every member as it was written, duplicates included. */
  List<Member> members() {
    return members;
  }

  private Optional<Member> last(String name) {
    for (int i = members.size() - 1; i >= 0; i--) {
      if (members.get(i).name().equals(name)) {
        return Optional.of(members.get(i));
      }
    }
    return Optional.empty();
  }
}
