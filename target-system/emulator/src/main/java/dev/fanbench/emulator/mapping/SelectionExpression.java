package dev.fanbench.emulator.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with variables that picks a route or a template by what it makes of a payload. Thread-safe.
 *
 * <p>Variables are written <code>$request.body.action</code> or <code>${request.body.action}</code>
 * , and <code>integration.response.body</code> on the way back. One that the payload lacks is
 * empty; {@code \$default} is the plain word {@code $default}.
 */
public final class SelectionExpression {
  private static final String BODY = "(?:request|integration\\.response)\\.body\\.";
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{" + BODY + "([^}]+)}|" + BODY + "([\\w.-]+))");
  private static final JsonFactory JSON = new JsonFactory();

  private final String expression;
  private final boolean constant;

  /** Takes the text as the template has it. */
  public SelectionExpression(String expression) {
    this.expression = expression.replace("\\$", "$");
    this.constant = !VARIABLE.matcher(expression).find();
  }

  /** The expression's value; empty when it has variables and the payload is no JSON. */
  public String evaluate(String payload) {
    if (constant) {
      return expression;
    }
    Map<String, String> scalars;
    try {
      scalars = scalars(payload);
    } catch (IOException noJson) {
      return "";
    }
    return VARIABLE
        .matcher(expression)
        .replaceAll(
            variable -> {
              String path = variable.group(1) == null ? variable.group(2) : variable.group(1);
              return Matcher.quoteReplacement(scalars.getOrDefault(path, ""));
            });
  }

  /** Every number, text and truth value below the payload's objects, by its dotted path. */
  private static Map<String, String> scalars(String payload) throws IOException {
    Map<String, String> scalars = new HashMap<>();
    Deque<String> path = new ArrayDeque<>();
    try (JsonParser json = JSON.createParser(payload)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return scalars;
      }
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        switch (token) {
          case START_OBJECT -> path.addLast(json.currentName());
          case END_OBJECT -> path.pollLast();
          case START_ARRAY -> json.skipChildren();
          case FIELD_NAME, END_ARRAY, VALUE_NULL, NOT_AVAILABLE -> {
            // Nothing to note.
          }
          default -> {
            path.addLast(json.currentName());
            scalars.put(String.join(".", path), json.getText());
            path.pollLast();
          }
        }
      }
    }
    return scalars;
  }
}
