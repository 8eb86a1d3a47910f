package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.ReplyFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sizes and order: where the two platforms differ, and where they do not. */
interface LimitContract extends TargetUnderContract {

  @Test
  default void longestMessageIsTaken() {
    try (ChatClient client = ChatClient.connect(url())) {
      sendCommand(client, ChatLimits.MESSAGE_BYTES);
      assertEquals(ReplyFormat.HELP, client.next());
    }
  }

  @Test
  default void longerMessageClosesWith1009() throws IOException {
    try (RawSocket raw = RawSocket.connect(url())) {
      byte[] frame = new byte[ChatLimits.FRAME_BYTES];
      Arrays.fill(frame, (byte) '/');
      raw.frame(RawSocket.TEXT, false, frame);
      for (int sent = frame.length; sent < ChatLimits.MESSAGE_BYTES; sent += frame.length) {
        raw.frame(RawSocket.CONTINUATION, false, frame);
      }
      raw.frame(RawSocket.CONTINUATION, true, new byte[] {'/'});
      assertEquals(1009, raw.closeCode());
    }
  }

  @Test
  default void longestFrameIsTaken() {
    try (ChatClient client = ChatClient.connect(url())) {
      assertEquals(ReplyFormat.HELP, client.ask("/".repeat(ChatLimits.FRAME_BYTES)));
    }
  }

  @Test
  default void longerFrameIsTakenOrClosesWith1009() throws IOException {
    byte[] frame = "/".repeat(ChatLimits.FRAME_BYTES + 1).getBytes(StandardCharsets.US_ASCII);
    try (RawSocket raw = RawSocket.connect(url())) {
      raw.frame(RawSocket.TEXT, true, frame);
      if (takesLongFrames()) {
        assertEquals(ReplyFormat.HELP, raw.next().text());
      } else {
        assertEquals(1009, raw.closeCode());
      }
    }
  }

  @Test
  default void frameLongerThanAMessageClosesWith1009() throws IOException {
    try (RawSocket raw = RawSocket.connect(url())) {
      raw.frame(RawSocket.TEXT, true, new byte[ChatLimits.MESSAGE_BYTES + 1]);
      assertEquals(1009, raw.closeCode());
    }
  }

  @Test
  default void wordsOfOneSenderAllArriveAndInOrderWhereThePlatformKeepsIt() {
    String room = RoomContract.freshRoom();
    try (ChatClient sender = ChatClient.connect(url(), room);
        ChatClient other = ChatClient.connect(url(), room)) {
      List<String> sent = new ArrayList<>();
      List<String> heard = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sender.send("word " + (char) ('a' + i));
        sent.add("#" + room + " anonymous: word " + (char) ('a' + i));
      }
      for (int i = 0; i < 20; i++) {
        heard.add(other.next());
      }
      if (!keepsOrder()) {
        heard.sort(null);
      }
      assertEquals(sent, heard);
    }
  }

  /** Sends an unknown command of {@code bytes} bytes in frames that every platform takes. */
  private static void sendCommand(ChatClient client, int bytes) {
    String frame = "/".repeat(ChatLimits.FRAME_BYTES);
    int left = bytes;
    while (left > frame.length()) {
      client.sendPart(frame, false);
      left -= frame.length();
    }
    client.sendPart(frame.substring(0, left), true);
  }
}
