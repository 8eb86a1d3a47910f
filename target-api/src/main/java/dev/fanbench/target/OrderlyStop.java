package dev.fanbench.target;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a target process in order: the server drains first, the JVM shuts down afterwards.
 *
 * <p>The JVM runs all shutdown hooks at the same time. Libraries have hooks of their own (the AWS
 * CRT, for one, ends its event loops), so a server that drains in a hook loses what its requests
 * still need. Here SIGTERM, SIGINT and SIGHUP are handled before the JVM's shutdown begins. The end
 * of the parent starts the same drain. A second signal ends the process at once, with exit code 128
 * plus the signal's number.
 *
 * <pre>{@code
 * OrderlyStop stop = OrderlyStop.of(server::close);
 * return stop.await();
 * }</pre>
 *
 * <p>Thread-safe. One for each process.
 */
public final class OrderlyStop {
  /** Exit code after a drain that came to its end. */
  public static final int DRAINED = 0;

  /** Exit code after a drain that threw. */
  public static final int FAILED = 1;

  /** Added to the number of a signal that ends the process at once, as shells do. */
  private static final int SIGNALLED = 128;

  private final Runnable drain;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicInteger signals = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int exitCode = DRAINED;

  /** The signals that ask a process to end, with their numbers in POSIX. */
  private enum Ask {
    HUP(1),
    INT(2),
    TERM(15);

    private final int number;

    Ask(int number) {
      this.number = number;
    }
  }

  private OrderlyStop(Runnable drain) {
    this.drain = drain;
  }

  /**
   * Handles the signals from now on. Where the JVM does not let signals be handled ({@code -Xrs},
   * or no module {@code jdk.unsupported}), the drain runs in a shutdown hook instead, beside those
   * of libraries. A signal that the process was started to ignore stays ignored.
   *
   * @param drain stops the server and returns when that is done; called once, must be bounded
   */
  public static OrderlyStop of(Runnable drain) {
    OrderlyStop stop = new OrderlyStop(drain);
    for (Ask signal : Ask.values()) {
      stop.handle(signal);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(stop::drainInHook, "stop"));
    return stop;
  }

  /**
   * Drains, too, when the parent is gone.
   *
   * @param parent as {@link ParentWatch#start} takes it
   */
  public void watchParent(InputStream parent) {
    ParentWatch.start(parent, this::begin);
  }

  /**
   * Waits until the server was asked to stop and has drained.
   *
   * @return the exit code: {@link #DRAINED} or {@link #FAILED}
   */
  public int await() throws InterruptedException {
    over.await();
    return exitCode;
  }

  private void begin() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    try {
      drain.run();
    } catch (Throwable thrown) {
      exitCode = FAILED;
      System.err.println("the stop failed: " + thrown);
    } finally {
      over.countDown();
    }
  }

  private void drainInHook() {
    begin();
    try {
      over.await();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** Called on a thread of the JVM's, a new one for each signal. */
  private void signalled(int number) {
    if (signals.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(SIGNALLED + number);
    }
    begin();
  }

  /**
   * The JVM's own way to handle a signal is {@code sun.misc.Signal}, exported by {@code
   * jdk.unsupported}. javac warns of each mention and cannot be told not to, so it is found by
   * name.
   */
  private void handle(Ask asked) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object onSignal =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                signalled(asked.number);
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(asked.name()), onSignal);
    } catch (ReflectiveOperationException unavailable) {
      // The shutdown hook drains then.
    }
  }
}
