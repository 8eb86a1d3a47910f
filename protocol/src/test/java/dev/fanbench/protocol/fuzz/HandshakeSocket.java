package dev.fanbench.protocol.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.fuzz.HandshakeTrial.Ending;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** The socket of one trial. For the thread of its selector. */
final class HandshakeSocket {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int CONTINUE = 100;

  /** Phases of a trial. */
  private enum Phase {
    SENDING,
    AWAITING_ANSWER,
    AWAITING_END,
    KEPT,
    OVER
  }

  private final HandshakeTrial trial;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer received = ByteBuffer.allocate(4 * 1024);
  private Phase phase = Phase.SENDING;
  private int sent;
  private int status;
  private String head = "";
  private String failure;
  private long deadlineNanos;

  HandshakeSocket(HandshakeTrial trial, InetSocketAddress server, Selector selector)
      throws IOException {
    this.trial = trial;
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean connected = channel.connect(server);
    key = channel.register(selector, connected ? SENDING_OPS : SelectionKey.OP_CONNECT, this);
    restartClock();
  }

  private static final int SENDING_OPS = SelectionKey.OP_READ | SelectionKey.OP_WRITE;

  private void restartClock() {
    deadlineNanos = System.nanoTime() + ChatClient.PATIENCE.toNanos();
  }

  /** Does what the socket is ready for. */
  void proceed() throws IOException {
    if (key.isConnectable() && channel.finishConnect()) {
      key.interestOps(SENDING_OPS);
    }
    if (key.isValid() && key.isReadable()) {
      read();
    }
    if (key.isValid() && key.isWritable() && phase == Phase.SENDING) {
      write();
    }
  }

  /** One segment each time; other sockets get their turn before the next. */
  private void write() throws IOException {
    if (sent < trial.segments().size()) {
      ByteBuffer segment = ByteBuffer.wrap(trial.segments().get(sent));
      try {
        while (segment.hasRemaining() && channel.write(segment) > 0) {}
      } catch (IOException refusedAlready) {
        key.interestOps(SelectionKey.OP_READ);
        phase = status == 0 ? Phase.AWAITING_ANSWER : Phase.AWAITING_END;
        return;
      }
      if (segment.hasRemaining()) {
        trial.segments().set(sent, remaining(segment));
        return;
      }
      sent++;
    }
    if (sent == trial.segments().size()) {
      key.interestOps(SelectionKey.OP_READ);
      allSent();
    }
  }

  private static byte[] remaining(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void allSent() throws IOException {
    phase = Phase.AWAITING_ANSWER;
    restartClock();
    if (trial.ending().isEarly()) {
      end();
    } else if (status != 0) {
      answered();
    } else if (trial.waits()) {
      leave();
    }
  }

  /** Ends a request that is not complete, or leaves it as it is. */
  private void leave() throws IOException {
    switch (trial.ending()) {
      case KEEP -> phase = Phase.KEPT;
      case HALF_CLOSE, AWAIT_END -> {
        channel.shutdownOutput();
        phase = Phase.AWAITING_END;
      }
      default -> end();
    }
  }

  private void read() throws IOException {
    received.clear();
    int count;
    try {
      count = channel.read(received);
    } catch (IOException reset) {
      count = -1;
    }
    if (count < 0) {
      streamEnded();
    } else if (status == 0) {
      head += new String(received.array(), 0, count, ISO_8859_1);
      readStatus();
    }
  }

  private void readStatus() throws IOException {
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return;
    }
    int found = head.matches("(?s)HTTP/1\\.1 \\d{3} .*") ? Integer.parseInt(head, 9, 12, 10) : -1;
    if (found == CONTINUE) {
      head = head.substring(end + 4);
      readStatus();
      return;
    }
    status = found;
    if (!trial.expected().allows(status)) {
      fail("was answered with " + status);
    } else if (phase == Phase.AWAITING_ANSWER || (phase == Phase.SENDING && !isOpen())) {
      answered();
    }
  }

  private void answered() throws IOException {
    restartClock();
    key.interestOps(SelectionKey.OP_READ);
    boolean closes = head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
    if (!isOpen()) {
      if (trial.ending() == Ending.HALF_CLOSE) {
        channel.shutdownOutput();
      }
      if (closes && trial.ending() != Ending.CLOSE && trial.ending() != Ending.RESET) {
        phase = Phase.AWAITING_END;
      } else {
        end();
      }
      return;
    }
    phase = Phase.AWAITING_END;
    switch (trial.ending()) {
      case KEEP -> phase = Phase.KEPT;
      case CLOSE_FRAME -> channel.write(ByteBuffer.wrap(HandshakeTrial.CLOSE));
      case HALF_CLOSE -> channel.shutdownOutput();
      case AWAIT_END -> {}
      default -> end();
    }
  }

  private void streamEnded() throws IOException {
    switch (phase) {
      case AWAITING_END, OVER -> {}
      case KEPT -> {
        if (isOpen()) {
          fail("was closed by the server");
        }
      }
      default -> {
        // A server that has answered need not wait for what comes behind the request.
        if (status == 0) {
          fail("was not answered but closed; received: " + head);
        }
      }
    }
    end();
  }

  private void fail(String what) throws IOException {
    failure = trial + " " + what;
    end();
  }

  /** Closes the socket. */
  void end() throws IOException {
    phase = Phase.OVER;
    if (trial.ending().isReset()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    channel.close();
  }

  /** Fails if nothing has come for too long. */
  void checkTime() throws IOException {
    if (phase != Phase.OVER && phase != Phase.KEPT && System.nanoTime() > deadlineNanos) {
      fail(
          phase == Phase.AWAITING_END
              ? "was answered with " + status + " and not ended"
              : "was not answered");
    }
  }

  /** Whether the client knows that its WebSocket is open. */
  boolean isOpen() {
    return status == SWITCHING_PROTOCOLS && channel.isOpen();
  }

  /** Whether it waits for the end of its round. */
  boolean isKept() {
    return phase == Phase.KEPT;
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  /** The status of the answer, 0 without one. */
  int status() {
    return status;
  }

  /** A sentence, or null if all was as expected. */
  String failure() {
    return failure;
  }
}
