package dev.fanbench.gatling.target;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks a launched target for a fault, at its control URL. */
final class FaultWriter {
  private static final int TIMEOUT_MILLIS = 2_000;

  private FaultWriter() {}

  static void post(URI control, String fault) throws TargetFailure {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) control.resolve("/fault").toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.getOutputStream().write(fault.getBytes(StandardCharsets.UTF_8));
      if (connection.getResponseCode() != HttpURLConnection.HTTP_NO_CONTENT) {
        throw new TargetFailure("The target refuses " + fault + ": " + why(connection) + ".");
      }
    } catch (IOException e) {
      throw new TargetFailure("The target does not take " + fault + ": " + e.getMessage() + ".");
    }
  }

  private static String why(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getErrorStream()) {
      return body == null
          ? "status " + connection.getResponseCode()
          : new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
