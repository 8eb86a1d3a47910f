package dev.fanbench.emulator.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanbench.protocol.ClientJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  private final String expression;

  /** The dotted paths of its variables. */
  private final Set<String> paths;

  /** Takes the text as the template has it. */
  public SelectionExpression(String expression) {
    this.expression = expression.replace("\\$", "$");
    this.paths =
        VARIABLE
            .matcher(expression)
            .results()
            .map(SelectionExpression::path)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The expression's value; empty when it has variables and the payload is not one JSON value. */
  public String evaluate(String payload) {
    if (paths.isEmpty()) {
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
        .replaceAll(variable -> Matcher.quoteReplacement(scalars.getOrDefault(path(variable), "")));
  }

  private static String path(MatchResult variable) {
    return variable.group(1) == null ? variable.group(2) : variable.group(1);
  }

  /** The numbers, texts and truth values that variables name, by their paths. */
  private Map<String, String> scalars(String payload) throws IOException {
    Map<String, String> scalars = new HashMap<>();
    try (JsonParser json = ClientJson.parser(payload)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        collect(json, "", scalars);
      } else {
        json.skipChildren();
      }
      if (json.nextToken() != null) {
        throw new IOException("there is more than one JSON value");
      }
    }
    return scalars;
  }

  /** Goes into an object, and no deeper than the variables do. */
  private void collect(JsonParser json, String parent, Map<String, String> scalars)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String path = parent + json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT && leadsToAny(path + ".")) {
        collect(json, path + ".", scalars);
      } else if (value.isStructStart()) {
        json.skipChildren();
      } else if (value != JsonToken.VALUE_NULL && paths.contains(path)) {
        scalars.put(path, json.getText());
      }
    }
  }

  private boolean leadsToAny(String prefix) {
    return paths.stream().anyMatch(path -> path.startsWith(prefix));
  }
}
