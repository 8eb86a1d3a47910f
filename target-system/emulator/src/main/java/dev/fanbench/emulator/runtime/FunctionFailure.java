package dev.fanbench.emulator.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.emulator.lambda.FunctionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Makes the errors of functions: those that they report, and Lambda's own. */
final class FunctionFailure {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "errorType";
  private static final String MESSAGE = "errorMessage";
  private static final int KILLED = 128 + 9;
  private static final int SIGNALS = 128;

  private FunctionFailure() {}

  /**
   * An error that a function has reported.
   *
   * @param type of the error by the header of the report; null without one
   * @param payload the body of the report, whether it is JSON or not
   */
  static FunctionException reported(String type, byte[] payload) {
    JsonNode body;
    try {
      body = JSON.readTree(payload);
    } catch (IOException broken) {
      body = JSON.missingNode();
    }
    String message =
        body.path(MESSAGE).isTextual()
            ? body.path(MESSAGE).textValue()
            : new String(payload, StandardCharsets.UTF_8);
    String named = body.path(TYPE).asText(type == null ? "Unhandled" : type);
    return new FunctionException(named, message, payload);
  }

  /** The process ended before it answered. */
  static FunctionException exited(int status) {
    if (status == 0) {
      return of("Runtime.ExitError", "Runtime exited without providing a reason");
    }
    String how = status == KILLED ? "signal: killed" : "exit status " + status;
    if (status > SIGNALS && status != KILLED) {
      how = "signal " + (status - SIGNALS);
    }
    return of("Runtime.ExitError", "Runtime exited with error: " + how);
  }

  /** The function took longer than its timeout. */
  static FunctionException timedOut(Duration timeout) {
    return of(
        "Sandbox.Timedout",
        String.format(
            Locale.ROOT, "Task timed out after %.2f seconds", timeout.toMillis() / 1_000.0));
  }

  /** The answer of a function is over the quota. */
  static FunctionException tooLarge(int mostBytes) {
    return of(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (%d bytes)."
            .formatted(mostBytes));
  }

  /** The program of a function cannot be started. */
  static FunctionException invalidEntrypoint(IOException cause) {
    return of("Runtime.InvalidEntrypoint", String.valueOf(cause.getMessage()));
  }

  private static FunctionException of(String type, String message) {
    byte[] payload =
        JSON.createObjectNode()
            .put(TYPE, type)
            .put(MESSAGE, message)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    return new FunctionException(type, message, payload);
  }
}
