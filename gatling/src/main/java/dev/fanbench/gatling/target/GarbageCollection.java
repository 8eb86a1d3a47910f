package dev.fanbench.gatling.target;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a launched target to collect its garbage, at its control URL. */
final class GarbageCollection {
  private static final int TIMEOUT_MILLIS = 5_000;

  private GarbageCollection() {}

  /** Blocks until the target has done it; false when it cannot. */
  static boolean request(URI control) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) control.resolve("/gc").toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestMethod("POST");
      return connection.getResponseCode() == HttpURLConnection.HTTP_NO_CONTENT;
    } catch (IOException unable) {
      return false;
    }
  }
}
