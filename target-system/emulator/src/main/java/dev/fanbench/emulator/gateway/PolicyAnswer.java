package dev.fanbench.emulator.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer of an authorizer: the client's principal, and an IAM policy for it.
 *
 * @param statements of the policy
 * @param context the values about the client in later events, as text: {@code principalId} and the
 *     authorizer's own context
 */
record PolicyAnswer(List<Statement> statements, Map<String, String> context) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String PRINCIPAL = "principalId";
  private static final String INVOKE = "execute-api:Invoke";

  /**
   * Allows or denies actions on resources.
   *
   * @param allows whether its effect is Allow
   */
  record Statement(boolean allows, Scope actions, Scope resources) {
    boolean isAbout(String resource) {
      return actions.has(INVOKE) && resources.has(resource);
    }
  }

  /**
   * Texts by patterns, in which {@code *} and {@code ?} are wildcards.
   *
   * @param inverted whether it has all others, as {@code NotAction} and {@code NotResource} say
   */
  record Scope(boolean inverted, List<String> patterns) {
    boolean has(String text) {
      return inverted != patterns.stream().anyMatch(pattern -> matches(pattern, text));
    }

    /**
     * Compares without going back further than to the last {@code *}: an expression with several of
     * them would try all their ways to share the text out.
     */
    static boolean matches(String pattern, String text) {
      int star = -1;
      int matched = 0;
      int p = 0;
      int t = 0;
      while (t < text.length()) {
        char wanted = p < pattern.length() ? pattern.charAt(p) : '\0';
        if (wanted == '*') {
          star = p++;
          matched = t;
        } else if (p < pattern.length() && (wanted == '?' || wanted == text.charAt(t))) {
          p++;
          t++;
        } else if (star >= 0) {
          p = star + 1;
          t = ++matched;
        } else {
          return false;
        }
      }
      while (p < pattern.length() && pattern.charAt(p) == '*') {
        p++;
      }
      return p == pattern.length();
    }
  }

  /** Whether the policy lets its bearer in: one statement allows it and none denies it. */
  boolean allows(String resource) {
    List<Statement> about = statements.stream().filter(each -> each.isAbout(resource)).toList();
    return !about.isEmpty() && about.stream().allMatch(Statement::allows);
  }

  /**
   * Reads an authorizer's output.
   *
   * @throws IOException if it has no principal or no policy, or a context that is not flat
   */
  static PolicyAnswer parse(byte[] output) throws IOException {
    Map<String, String> context = new LinkedHashMap<>();
    List<Statement> statements = null;
    try (JsonParser json = JSON.createParser(output)) {
      require(json.nextToken() == JsonToken.START_OBJECT, "an authorizer returns a JSON object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          // Names an API key, and no route asks for one.
          case "usageIdentifierKey" -> json.skipChildren();
          case PRINCIPAL -> context.put(PRINCIPAL, json.getValueAsString());
          case "policyDocument" -> statements = policy(json);
          case "context" -> flat(json).forEach(context::putIfAbsent);
          default ->
              throw new IOException(
                  "an authorizer returns %s; allowed: principalId, policyDocument, context, usageIdentifierKey"
                      .formatted(name));
        }
      }
    }
    require(context.get(PRINCIPAL) != null, "an authorizer returns a principalId");
    require(statements != null, "an authorizer returns a policyDocument");
    return new PolicyAnswer(statements, context);
  }

  private static List<Statement> policy(JsonParser json) throws IOException {
    List<Statement> statements = new ArrayList<>();
    require(json.currentToken() == JsonToken.START_OBJECT, "a policyDocument is a JSON object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("Version") || name.equals("Id")) {
        json.skipChildren();
      } else if (!name.equals("Statement")) {
        throw new IOException(
            "a policy has %s; allowed: Version, Id and Statement".formatted(name));
      } else if (value == JsonToken.START_OBJECT) {
        statements.add(statement(json));
      } else {
        require(value == JsonToken.START_ARRAY, "Statement is an object or an array of them");
        while (json.nextToken() == JsonToken.START_OBJECT) {
          statements.add(statement(json));
        }
      }
    }
    return statements;
  }

  private static Statement statement(JsonParser json) throws IOException {
    String effect = "";
    Scope actions = null;
    Scope resources = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "Effect" -> effect = json.getText();
        case "Action", "NotAction" -> {
          require(actions == null, "a statement has one of Action and NotAction");
          actions = new Scope(name.equals("NotAction"), texts(json));
        }
        case "Resource", "NotResource" -> {
          require(resources == null, "a statement has one of Resource and NotResource");
          resources = new Scope(name.equals("NotResource"), texts(json));
        }
        case "Sid" -> json.getText();
        default ->
            throw new IOException(
                "a statement has %s; the emulator has Effect, Action, NotAction, Resource, NotResource and Sid"
                    .formatted(name));
      }
    }
    require(effect.equals("Allow") || effect.equals("Deny"), "an Effect is Allow or Deny");
    require(actions != null && resources != null, "a statement has an Action and a Resource");
    return new Statement(effect.equals("Allow"), actions, resources);
  }

  /** A text, or an array of them. */
  private static List<String> texts(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return List.of(json.getText());
    }
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getText());
    }
    return texts;
  }

  /** Texts, numbers and booleans, all as text. */
  private static Map<String, String> flat(JsonParser json) throws IOException {
    Map<String, String> flat = new LinkedHashMap<>();
    require(json.currentToken() == JsonToken.START_OBJECT, "a context is a JSON object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      require(json.nextToken().isScalarValue(), "a context holds texts, numbers and booleans");
      flat.put(name, json.getText());
    }
    return flat;
  }

  private static void require(boolean good, String sentence) throws IOException {
    if (!good) {
      throw new IOException(sentence);
    }
  }
}
