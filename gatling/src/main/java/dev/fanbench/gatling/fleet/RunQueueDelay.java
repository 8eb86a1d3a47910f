package dev.fanbench.gatling.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * The time that the calling thread was ready to run and waited for a core, in nanoseconds since it
 * began: the second field of its {@code schedstat}. A reading takes 1 µs and allocates nothing.
 * Belongs to one thread, which opens the file at its first reading. Stays at 0 where there is no
 * such file.
 */
final class RunQueueDelay implements LongSupplier {
  private static final Path THREAD = Path.of("/proc/thread-self/schedstat");
  private static final int LONGEST_LINE = 128;

  private final ByteBuffer line = ByteBuffer.allocateDirect(LONGEST_LINE);
  private FileChannel file;
  private boolean missing;
  private long nanos;

  @Override
  public long getAsLong() {
    if (missing) {
      return nanos;
    }
    try {
      if (file == null) {
        file = FileChannel.open(THREAD);
      }
      line.clear();
      nanos = secondField(line, file.read(line, 0));
    } catch (IOException | UnsupportedOperationException e) {
      missing = true;
    }
    return nanos;
  }

  /** Closes the file; later readings stay where they are. */
  void close() {
    missing = true;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // Nothing was written to it.
      }
    }
  }

  /** The number between the first and the second blank. */
  static long secondField(ByteBuffer line, int length) {
    int at = 0;
    while (at < length && line.get(at) != ' ') {
      at++;
    }
    long value = 0;
    for (at++; at < length && line.get(at) >= '0' && line.get(at) <= '9'; at++) {
      value = 10 * value + line.get(at) - '0';
    }
    return value;
  }
}
