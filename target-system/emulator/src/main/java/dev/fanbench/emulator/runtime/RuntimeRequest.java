package dev.fanbench.emulator.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One request to a function, as the Runtime API hands it out. */
final class RuntimeRequest {
  private static final int ROOT_DIGITS = 24;
  private static final int PARENT_AT = 16;
  private static final long MILLIS_PER_SECOND = 1_000;

  private final byte[] event;
  private final Context context;
  private final long beginsAtMillis;
  private final Duration timeout;
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

  /**
   * @param event what the function reads
   * @param context names the request and the function
   * @param beginsAtMillis when the function's time begins, in milliseconds of Unix time
   * @param timeout the function's time
   */
  RuntimeRequest(byte[] event, Context context, long beginsAtMillis, Duration timeout) {
    this.event = event;
    this.context = context;
    this.beginsAtMillis = beginsAtMillis;
    this.timeout = timeout;
  }

  /** Names the request, and its answer. */
  String id() {
    return context.getAwsRequestId();
  }

  byte[] event() {
    return event;
  }

  String functionArn() {
    return context.getInvokedFunctionArn();
  }

  /** The end of the function's time, in milliseconds of Unix time. */
  long deadlineMillis() {
    return beginsAtMillis + timeout.toMillis();
  }

  Duration timeout() {
    return timeout;
  }

  /** An id for X-Ray, which is not here. */
  String traceId() {
    String digits =
        UUID.nameUUIDFromBytes(id().getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
    return "Root=1-%08x-%s;Parent=%s;Sampled=0"
        .formatted(
            beginsAtMillis / MILLIS_PER_SECOND,
            digits.substring(0, ROOT_DIGITS),
            digits.substring(PARENT_AT));
  }

  /**
   * The function's output, or the {@link dev.fanbench.emulator.lambda.FunctionException} that
   * stands for its failure.
   */
  CompletableFuture<byte[]> answer() {
    return answer;
  }
}
