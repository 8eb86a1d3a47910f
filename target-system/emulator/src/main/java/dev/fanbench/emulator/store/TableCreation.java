package dev.fanbench.emulator.store;

import dev.fanbench.emulator.json.JsonTree;
import dev.fanbench.emulator.template.TableDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Creates tables by plain requests: a table's properties in a template are, name by name, what the
 * API takes. The SDK is left to the functions; loading it here would double the time to start.
 */
final class TableCreation {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final URI endpoint;

  TableCreation(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Creates a table; DynamoDB Local has it ready at once.
   *
   * @throws StoreException with the store's own words if it refuses
   */
  void create(TableDefinition table) {
    call(table, "CreateTable", table.creation());
    table
        .timeToLive()
        .ifPresent(
            attribute ->
                call(
                    table,
                    "UpdateTimeToLive",
                    Map.of(
                        "TableName",
                        table.name(),
                        "TimeToLiveSpecification",
                        Map.of("AttributeName", attribute, "Enabled", true))));
  }

  private void call(TableDefinition table, String operation, Map<String, Object> body) {
    try {
      HttpURLConnection request = (HttpURLConnection) endpoint.toURL().openConnection();
      request.setConnectTimeout(TIMEOUT_MILLIS);
      request.setReadTimeout(TIMEOUT_MILLIS);
      request.setDoOutput(true);
      DynamoDbRequest.headers(operation).forEach(request::setRequestProperty);
      try (OutputStream out = request.getOutputStream()) {
        out.write(JsonTree.write(body).getBytes(StandardCharsets.UTF_8));
      }
      if (request.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new StoreException(
            "table %s: DynamoDB Local refuses %s: %s"
                .formatted(table.name(), operation, refusal(request)));
      }
      try (InputStream in = request.getInputStream()) {
        in.readAllBytes();
      }
    } catch (IOException broken) {
      throw new StoreException(
          "table %s: DynamoDB Local does not answer %s: %s"
              .formatted(table.name(), operation, broken.getMessage()),
          broken);
    }
  }

  /** The store's own words, in one line. */
  private static String refusal(HttpURLConnection request) throws IOException {
    try (InputStream error = request.getErrorStream()) {
      String answer =
          error == null
              ? "status " + request.getResponseCode()
              : new String(error.readAllBytes(), StandardCharsets.UTF_8);
      return message(answer).replaceAll("\\s+", " ").strip();
    }
  }

  /** The message of an error, which has its name with a small or a large letter. */
  private static String message(String answer) {
    try {
      if (JsonTree.read(answer) instanceof Map<?, ?> error) {
        Object message = error.containsKey("message") ? error.get("message") : error.get("Message");
        return message == null ? answer : message.toString();
      }
    } catch (IOException noJson) {
      // Said as it is.
    }
    return answer;
  }
}
