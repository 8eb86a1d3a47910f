package dev.fanbench.emulator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.LogManager;

/** A function that writes to standard output by every way that Java has. */
public final class LoudFunction implements RequestStreamHandler {
  /** Kept from the time when the class was loaded, as libraries keep it. */
  private static final PrintStream KEPT = System.out;

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    System.out.println("from System.out");
    KEPT.println("from a stream that was kept");
    LogManager.getLogger(LoudFunction.class).error("from a logger");
    context.getLogger().log("from the function's own logger");
    answer.write("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
  }
}
