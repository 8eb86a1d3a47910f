package dev.fanbench.gatling.faulty;

import dev.fanbench.target.ParentWatch;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.util.concurrent.CountDownLatch;

/**
 * A {@link FaultyTarget} in a process of its own, launched like any target: options {@code --host
 * 127.0.0.1 --port 0 --stage dev --watch-parent --fault none}, one READY line on standard output.
 * When the fault is to die the process ends as if killed.
 */
public final class FaultyTargetMain {
  private static final int KILLED = 137;
  private static final int BAD_OPTION = 2;

  private FaultyTargetMain() {}

  /** Serves until the process is ended from outside. */
  public static void main(String[] arguments) throws InterruptedException {
    // Standard output belongs to the READY line; a logger found by chance may think otherwise.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    FaultyTarget target;
    try {
      target = start(arguments);
    } catch (IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      System.exit(BAD_OPTION);
      return;
    }
    System.out.println(target.ready().line());
    new CountDownLatch(1).await();
  }

  private static FaultyTarget start(String[] arguments) {
    int port = 0;
    String stage = "dev";
    Fault fault = new Fault.None();
    for (int i = 0; i < arguments.length; i++) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : "";
      switch (arguments[i]) {
        case "--host" -> {}
        case "--port" -> port = Integer.parseInt(value);
        case "--stage" -> stage = value;
        case "--fault" -> fault = Fault.parse(value);
        case "--watch-parent" -> ParentWatch.start(System.in, () -> Runtime.getRuntime().halt(0));
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
      i += arguments[i].equals("--watch-parent") ? 0 : 1;
    }
    return FaultyTarget.start(port, stage, fault, () -> Runtime.getRuntime().halt(KILLED));
  }
}
