package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.EventLoops;

/**
 * How a server is set up.
 *
 * @param host the address to listen at
 * @param port the port to listen at, 0 for any free one
 * @param stage the one path that is served, without slashes
 * @param loops event loops, each a thread
 * @param broadcast how publications are delivered
 * @param maxPendingBytes how much may wait for one subscriber before it counts as slow and its
 *     copies are withheld; each waiting copy counts as its length and 96 bytes
 * @param sendBufferBytes what the kernel may hold for one subscriber before anything waits here, 0
 *     for its own choice, which is some megabytes
 * @param drainMillis how long each step of stopping may take
 * @param rules what holds on each connection
 */
public record ServerOptions(
    String host,
    int port,
    String stage,
    int loops,
    BroadcastKind broadcast,
    int maxPendingBytes,
    int sendBufferBytes,
    long drainMillis,
    ConnectionRules rules) {

  /** Checks ranges; a message names the option, the value and what is allowed. */
  public ServerOptions {
    check(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
    check(stage.matches("[A-Za-z0-9_-]+"), "stage", stage, "letters, digits, - and _");
    check(loops >= 1 && loops <= 256, "loops", loops, "1 to 256");
    check(maxPendingBytes >= 1024, "max-pending-bytes", maxPendingBytes, "1024 or more");
    check(sendBufferBytes >= 0, "send-buffer-bytes", sendBufferBytes, "0 or more");
    check(drainMillis >= 0, "drain-millis", drainMillis, "0 or more");
  }

  /** On any free port of loopback, with everything else as users get it. */
  public static ServerOptions defaults() {
    return new ServerOptions(
        "127.0.0.1",
        0,
        "dev",
        EventLoops.defaultCount(),
        BroadcastKind.JOINED,
        1024 * 1024,
        0,
        5_000,
        ConnectionRules.defaults());
  }

  /** The same at another port. */
  public ServerOptions withPort(int newPort) {
    return new ServerOptions(
        host,
        newPort,
        stage,
        loops,
        broadcast,
        maxPendingBytes,
        sendBufferBytes,
        drainMillis,
        rules);
  }

  /** The same with another number of event loops. */
  public ServerOptions withLoops(int newLoops) {
    return new ServerOptions(
        host,
        port,
        stage,
        newLoops,
        broadcast,
        maxPendingBytes,
        sendBufferBytes,
        drainMillis,
        rules);
  }

  /** The same with another way to broadcast. */
  public ServerOptions withBroadcast(BroadcastKind newBroadcast) {
    return new ServerOptions(
        host,
        port,
        stage,
        loops,
        newBroadcast,
        maxPendingBytes,
        sendBufferBytes,
        drainMillis,
        rules);
  }

  /** The same with another bound on what waits for one subscriber. */
  public ServerOptions withMaxPendingBytes(int newMaxPendingBytes) {
    return new ServerOptions(
        host,
        port,
        stage,
        loops,
        broadcast,
        newMaxPendingBytes,
        sendBufferBytes,
        drainMillis,
        rules);
  }

  /** The same with another bound on what the kernel holds for one subscriber. */
  public ServerOptions withSendBufferBytes(int newSendBufferBytes) {
    return new ServerOptions(
        host,
        port,
        stage,
        loops,
        broadcast,
        maxPendingBytes,
        newSendBufferBytes,
        drainMillis,
        rules);
  }

  /** The same with another bound on how long stopping may take. */
  public ServerOptions withDrainMillis(long newDrainMillis) {
    return new ServerOptions(
        host,
        port,
        stage,
        loops,
        broadcast,
        maxPendingBytes,
        sendBufferBytes,
        newDrainMillis,
        rules);
  }

  /** The same with other rules. */
  public ServerOptions withRules(ConnectionRules newRules) {
    return new ServerOptions(
        host,
        port,
        stage,
        loops,
        broadcast,
        maxPendingBytes,
        sendBufferBytes,
        drainMillis,
        newRules);
  }

  private static void check(boolean good, String option, Object value, String allowed) {
    if (!good) {
      throw new IllegalArgumentException("%s is %s; allowed: %s".formatted(option, value, allowed));
    }
  }
}
