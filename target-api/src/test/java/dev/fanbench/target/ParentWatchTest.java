package dev.fanbench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchTest {

  @Test
  void reportsTheEndOfInputAndNothingElse() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    PipedInputStream parent = new PipedInputStream();
    try (PipedOutputStream launcher = new PipedOutputStream(parent)) {
      ParentWatch.start(parent, gone::countDown);
      launcher.write('x');
      launcher.flush();
      assertEquals(1, gone.getCount());
    }
    assertTrue(gone.await(10, TimeUnit.SECONDS));
  }
}
