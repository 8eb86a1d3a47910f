package dev.fanbench.protocol.fuzz;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Many handshakes at a time, on one thread. Not thread-safe. */
final class HandshakeClient implements AutoCloseable {
  private static final int AT_A_TIME = 32;
  private static final int MOST_FAILURES = 20;
  private static final long SELECT_MILLIS = 100;

  private final Selector selector = Selector.open();
  private final InetSocketAddress server;
  private final RandomHandshakes handshakes;
  private final List<HandshakeSocket> kept = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();

  HandshakeClient(URI url) throws IOException {
    server = new InetSocketAddress(url.getHost(), url.getPort());
    handshakes = new RandomHandshakes(url);
  }

  /** Sends the handshakes of these numbers; stops early after too many failures. */
  void run(int from, int to) throws IOException {
    List<HandshakeSocket> active = new ArrayList<>();
    int next = from;
    while ((next < to || !active.isEmpty()) && failures.size() < MOST_FAILURES) {
      for (; next < to && active.size() < AT_A_TIME; next++) {
        active.add(new HandshakeSocket(handshakes.trial(next), server, selector));
      }
      select();
      for (HandshakeSocket socket : active) {
        socket.checkTime();
        if (socket.isKept()) {
          kept.add(socket);
        } else if (socket.isOver()) {
          note(socket);
        }
      }
      active.removeIf(socket -> socket.isKept() || socket.isOver());
    }
    for (HandshakeSocket socket : active) {
      socket.end();
    }
    select();
  }

  private void select() throws IOException {
    selector.select(
        key -> {
          try {
            ((HandshakeSocket) key.attachment()).proceed();
          } catch (IOException failed) {
            failures.add(failed.toString());
          }
        },
        SELECT_MILLIS);
  }

  private void note(HandshakeSocket socket) {
    statuses.merge(socket.status(), 1, Integer::sum);
    if (socket.failure() != null) {
      failures.add(socket.failure());
    }
  }

  /** Kept sockets that got a 101. */
  long open() {
    return kept.stream().filter(HandshakeSocket::isOpen).count();
  }

  /** Closes what was kept. */
  void endKept() throws IOException {
    for (HandshakeSocket socket : kept) {
      note(socket);
      socket.end();
    }
    kept.clear();
    selector.selectNow();
  }

  /** What was not as expected, a sentence each. */
  List<String> failures() {
    return failures;
  }

  /** Answers by status; 0 stands for those that were not read. */
  Map<Integer, Integer> statuses() {
    return statuses;
  }

  @Override
  public void close() throws IOException {
    endKept();
    selector.close();
  }
}
