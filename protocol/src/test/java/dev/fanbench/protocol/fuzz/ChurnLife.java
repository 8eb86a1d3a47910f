package dev.fanbench.protocol.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Random;

/** A client that connects, joins a room, talks, and dies in one of six ways. */
record ChurnLife(URI url, Random random) {
  static final int ROOMS = 20;
  static final int UNREAD_REQUESTS = 20;
  private static final byte[] NORMAL = {0x03, (byte) 0xe8};

  /** The name of a room. */
  static String room(int number) {
    return "churn-" + number;
  }

  void live() throws IOException {
    if (random.nextInt(6) == 0) {
      dieInTheHandshake();
      return;
    }
    try (RawSocket raw = RawSocket.connect(url)) {
      raw.text("/channel " + room(random.nextInt(ROOMS)));
      skipTo(raw, "Changed to ");
      raw.text("words " + random.nextInt());
      raw.text(AbusiveFrames.request("1", "x".repeat(random.nextInt(1_000))));
      skipTo(raw, "{\"id\":\"1\"");
      die(raw);
    }
  }

  private static void skipTo(RawSocket raw, String start) throws IOException {
    while (!raw.next().text().startsWith(start)) {}
  }

  private void die(RawSocket raw) throws IOException {
    switch (random.nextInt(5)) {
      case 0 -> {
        raw.frame(RawSocket.CLOSE, true, NORMAL);
        while (raw.next().opcode() != RawSocket.CLOSE) {}
      }
      case 1 -> {
        raw.endOutput();
        while (!raw.isAtEnd()) {}
      }
      case 2 -> raw.reset();
      case 3 -> {
        for (int i = 0; i < UNREAD_REQUESTS; i++) {
          raw.text("{\"action\":\"command\",\"data\":\"fetchChannels\"}");
        }
        raw.reset();
      }
      default -> raw.close();
    }
  }

  private void dieInTheHandshake() throws IOException {
    byte[] request = RawSocket.upgrade(url).getBytes(US_ASCII);
    try (Socket socket = new Socket()) {
      InetSocketAddress server = new InetSocketAddress(url.getHost(), url.getPort());
      socket.connect(server, (int) ChatClient.PATIENCE.toMillis());
      socket.setSoLinger(random.nextBoolean(), 0);
      socket.getOutputStream().write(request, 0, random.nextInt(request.length + 1));
    }
  }
}
