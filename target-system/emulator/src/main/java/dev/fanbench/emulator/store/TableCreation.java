package dev.fanbench.emulator.store;

import dev.fanbench.emulator.json.JsonTree;
import dev.fanbench.emulator.template.TableDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
   * @throws IllegalStateException with the store's own words if it refuses
   */
  void create(TableDefinition table) {
    call("CreateTable", table.creation());
    table
        .timeToLive()
        .ifPresent(
            attribute ->
                call(
                    "UpdateTimeToLive",
                    Map.of(
                        "TableName",
                        table.name(),
                        "TimeToLiveSpecification",
                        Map.of("AttributeName", attribute, "Enabled", true))));
  }

  private void call(String operation, Map<String, Object> body) {
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
        try (InputStream error = request.getErrorStream()) {
          throw new IllegalStateException(
              operation + ": " + new String(error.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      try (InputStream in = request.getInputStream()) {
        in.readAllBytes();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
