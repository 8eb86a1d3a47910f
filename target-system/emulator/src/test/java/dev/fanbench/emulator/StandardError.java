package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** The lines of this process's standard error, kept while it is open. */
public final class StandardError implements AutoCloseable {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  private StandardError() {
    System.setErr(new PrintStream(bytes, true, UTF_8));
  }

  public static StandardError kept() {
    return new StandardError();
  }

  /** The lines so far that have this text. */
  public List<String> with(String text) {
    return bytes.toString(UTF_8).lines().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    before.print(bytes.toString(UTF_8));
  }
}
