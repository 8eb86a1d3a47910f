package dev.fanbench.protocol.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.protocol.fuzz.HandshakeTrial.Ending;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes handshakes: good ones, and those with up to three parts changed. The handshake of a number
 * is the same in every run, so that one that failed can be made again alone.
 */
final class RandomHandshakes {
  private static final long SEED = 20_261_129;
  private static final int GOOD_ONE_IN = 4;
  private static final int MOST_CHANGES = 3;
  private static final List<Ending> ENDINGS = List.of(Ending.values());

  private final URI url;

  RandomHandshakes(URI url) {
    this.url = url;
  }

  /** The handshake of a number. */
  HandshakeTrial trial(int number) {
    Random random = new Random(SEED + number * 0x9E3779B97F4A7C15L);
    random.nextInt();
    RequestDraft draft = new RequestDraft(url);
    if (random.nextInt(GOOD_ONE_IN) > 0) {
      for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
        change(draft, random);
      }
    }
    ExpectedAnswer expected = HandshakeOracle.answerTo(draft);
    boolean waits = HandshakeOracle.waits(draft);
    Ending ending = pick(ENDINGS, random);
    if (draft.behind.length > 0 && !waits) {
      ending = Ending.AWAIT_END;
    } else if (ending == Ending.AWAIT_END || (waits && mayOpen(expected))) {
      ending = Ending.CLOSE_FRAME;
    }
    List<byte[]> segments = HandshakeTrial.split(draft.bytes(), random);
    return new HandshakeTrial(number, segments, expected, waits, ending);
  }

  private static boolean mayOpen(ExpectedAnswer expected) {
    return expected == ExpectedAnswer.UPGRADE || expected == ExpectedAnswer.EITHER;
  }

  private static void change(RequestDraft draft, Random random) {
    switch (random.nextInt(20)) {
      case 0 -> draft.lines.remove(random.nextInt(draft.lines.size()));
      case 1 -> draft.lines.add(pick(draft.lines, random));
      case 2 -> Collections.shuffle(draft.lines, random);
      case 3 -> misspell(draft, random);
      case 4 -> draft.set("Upgrade", pick(HandshakeWords.UPGRADES, random));
      case 5 -> draft.set("Connection", pick(HandshakeWords.CONNECTIONS, random));
      case 6 ->
          draft.set("Sec-WebSocket-Version", pick(HandshakeWords.VERSIONS_OF_WEBSOCKET, random));
      case 7 -> draft.set("Sec-WebSocket-Key", pick(HandshakeWords.KEYS, random));
      case 8 -> draft.set("Host", pick(HandshakeWords.HOSTS, random));
      case 9 -> draft.version = pick(HandshakeWords.VERSIONS_OF_HTTP, random);
      case 10 -> draft.method = pick(HandshakeWords.METHODS, random);
      case 11, 12 -> draft.target += pick(HandshakeWords.TAILS, random);
      case 13 -> changeTarget(draft, random);
      case 14, 15 ->
          draft.lines.add(
              random.nextInt(draft.lines.size() + 1), pick(HandshakeWords.LINES, random));
      case 16 -> extend(draft, random);
      case 17 -> lengthen(draft, random);
      case 18 -> addBody(draft, random);
      default -> changeEnds(draft, random);
    }
  }

  private static void misspell(RequestDraft draft, Random random) {
    int at = random.nextInt(draft.lines.size());
    StringBuilder line = new StringBuilder(draft.lines.get(at));
    int place = random.nextInt(line.length());
    switch (random.nextInt(3)) {
      case 0 -> line.deleteCharAt(place);
      case 1 -> line.setCharAt(place, (char) ('!' + random.nextInt(94)));
      default -> {
        String upper = line.toString().toUpperCase(Locale.ROOT);
        line.setCharAt(place, upper.charAt(place));
      }
    }
    draft.lines.set(at, line.toString());
  }

  private static void changeTarget(RequestDraft draft, Random random) {
    draft.target =
        switch (random.nextInt(5)) {
          case 0 -> "http://" + draft.authority + draft.target;
          case 1 -> "*";
          case 2 -> draft.authority;
          case 3 -> draft.target.replaceFirst("d", "%64");
          default -> "/elsewhere";
        };
  }

  private static void extend(RequestDraft draft, Random random) {
    List<String> from =
        switch (random.nextInt(3)) {
          case 0 -> HandshakeWords.EXTENSIONS_OF_EITHER_KIND;
          case 1 -> HandshakeWords.GOOD_EXTENSIONS.stream().sorted().toList();
          default -> HandshakeWords.BAD_EXTENSIONS.stream().sorted().toList();
        };
    draft.lines.add("Sec-WebSocket-Extensions: " + pick(from, random));
  }

  private static void lengthen(RequestDraft draft, Random random) {
    int bytes = 1 << (7 + random.nextInt(8));
    int more = bytes - 40 + random.nextInt(80);
    switch (random.nextInt(3)) {
      case 0 -> draft.lines.add("X-Long: " + "x".repeat(more));
      case 1 -> draft.target += (draft.target.indexOf('?') < 0 ? "?" : "&") + "x".repeat(more);
      default -> {
        for (int left = more; left > 0; left -= 10) {
          draft.lines.add("X-Many: y");
        }
      }
    }
  }

  private static void addBody(RequestDraft draft, Random random) {
    String body = "x".repeat(1 + random.nextInt(random.nextBoolean() ? 100 : 20_000));
    switch (random.nextInt(4)) {
      case 0 -> {
        draft.lines.add("Content-Length: " + body.length());
        draft.body = body;
      }
      case 1 -> {
        draft.lines.add("Transfer-Encoding: chunked");
        draft.body = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
      }
      case 2 -> {
        draft.lines.add("Transfer-Encoding: chunked");
        draft.body = "zz\r\n" + body;
      }
      default -> {
        draft.lines.add("Content-Length: 5");
        draft.lines.add("Content-Length: 6");
        draft.body = "12345";
      }
    }
  }

  private static void changeEnds(RequestDraft draft, Random random) {
    switch (random.nextInt(6)) {
      case 0 -> draft.ahead = pick(List.of("\r\n", "\r\n\r\n", "\n", " "), random);
      case 1 -> draft.lineEnd = "\n";
      case 2 -> draft.headBytes = random.nextInt(draft.head().length());
      case 3 -> draft.behind = new RequestDraft(draft.url()).bytes();
      case 4 -> draft.behind = "GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(ISO_8859_1);
      default -> draft.behind = frames();
    }
  }

  /** A name and a close, as of a client that does not wait for the 101. */
  private static byte[] frames() {
    byte[] name = RawSocket.encode(RawSocket.TEXT, true, "/name early".getBytes(UTF_8));
    return HandshakeTrial.join(name, HandshakeTrial.CLOSE);
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
