package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.RawSocket.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Frames that nobody has thought of: nothing breaks, and nobody else notices. */
interface FuzzContract extends TargetUnderContract {
  /** How many frames are sent, those in which a message is split not counted. */
  int FUZZ_FRAMES = 10_000;

  /** How many frames one connection sends. */
  int FUZZ_FRAMES_PER_CONNECTION = 50;

  /** What a connection may be closed with. */
  Set<Integer> STATED_CODES = Set.of(1000, 1002, 1003, 1007, 1009);

  @Test
  default void randomFramesBreakNothing() throws IOException {
    RandomFrames frames = new RandomFrames(20_261_121);
    String room = RoomContract.freshRoom();
    try (ChatClient speaker = ChatClient.connect(url(), room);
        ChatClient listener = ChatClient.connect(url(), room)) {
      for (int sent = 0; sent < FUZZ_FRAMES; sent += FUZZ_FRAMES_PER_CONNECTION) {
        abuse(frames);
        String words = "after " + sent;
        speaker.send(words);
        listener.skipTo("#" + room + " anonymous: " + words);
      }
    }
  }

  /** Sends what may be sent, then something that may not, and awaits the Close. */
  private void abuse(RandomFrames frames) throws IOException {
    try (RawSocket raw = RawSocket.connect(url())) {
      CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> closeCode(raw));
      for (int i = 1; i < FUZZ_FRAMES_PER_CONNECTION; i++) {
        raw.bytes(takesBinaryFrames() && i % 5 == 0 ? frames.binary() : frames.message());
      }
      raw.bytes(frames.violation());
      raw.frame(RawSocket.CLOSE, true, new byte[] {0x03, (byte) 0xe8});
      int code = ChatClient.await(end);
      assertTrue(STATED_CODES.contains(code), "closed with " + code);
    }
  }

  /** Reads everything up to the Close. */
  private static int closeCode(RawSocket raw) {
    try {
      Received frame = raw.next();
      while (frame.opcode() != RawSocket.CLOSE) {
        frame = raw.next();
      }
      return frame.closeCode();
    } catch (IOException noClose) {
      throw new UncheckedIOException(noClose);
    }
  }
}
