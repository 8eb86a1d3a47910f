package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.protocol.rpc.ConnectionClosedException;
import dev.fanbench.protocol.rpc.RpcClient;
import dev.fanbench.protocol.rpc.RpcOptions;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests that are answered under their id, to the sender alone, in both forms. */
interface RequestContract extends TargetUnderContract {

  @Test
  default void textRequestComesBackUnderItsId() {
    try (ChatClient client = ChatClient.connect(url())) {
      assertEquals(
          "{\"id\":\"1\",\"body\":\"...\"}",
          client.ask("{\"action\":\"rpc\",\"id\":\"1\",\"body\":\"...\"}"));
      assertEquals(
          "{\"id\":\"b\",\"body\":\"\\\"\u00e9\ud83d\ude00\\n\"}",
          client.ask(
              " { \"body\" : \"\\\"\\u00e9\ud83d\ude00\\n\", \"id\":\"b\", \"action\":\"rpc\"}"));
    }
  }

  @Test
  default void textRequestsMayOverlap() {
    try (RpcClient client = connected();
        ChatClient other = ChatClient.connect(url())) {
      List<String> bodies =
          IntStream.range(0, 20).mapToObj(i -> i + " \"\u00e9\ud83d\ude00\n\u2028").toList();
      List<CompletableFuture<String>> asked = bodies.stream().map(client::askText).toList();
      for (int i = 0; i < bodies.size(); i++) {
        assertEquals(bodies.get(i), ChatClient.await(asked.get(i)));
      }
      assertEquals(0, client.pending());
      other.expectNothing();
    }
  }

  @Test
  default void binaryRequestIsAnsweredOrClosesWith1003() {
    try (ChatClient client = ChatClient.connect(url())) {
      client.sendBinary(HexFormat.of().parseHex("01000000000000000101020304"));
      if (takesBinaryFrames()) {
        byte[] answer = HexFormat.of().parseHex("00000000000000000101020304");
        assertEquals(ByteBuffer.wrap(answer), client.nextBinary());
        client.sendBinary(HexFormat.of().parseHex("ff01020304"));
        client.expectNothing();
      } else {
        assertEquals(1003, client.closeCode());
      }
    }
  }

  @Test
  default void binaryRequestsMayOverlapOrFailWith1003() {
    try (RpcClient client = connected()) {
      List<ByteBuffer> bodies =
          IntStream.range(0, 20).mapToObj(i -> ByteBuffer.wrap(new byte[i * 100])).toList();
      List<CompletableFuture<ByteBuffer>> asked = bodies.stream().map(client::ask).toList();
      for (int i = 0; i < bodies.size(); i++) {
        CompletableFuture<ByteBuffer> answer = asked.get(i);
        if (takesBinaryFrames()) {
          assertEquals(bodies.get(i), ChatClient.await(answer));
        } else {
          Throwable refused =
              assertThrows(CompletionException.class, () -> ChatClient.await(answer)).getCause();
          assertEquals(1003, ((ConnectionClosedException) refused).code());
        }
      }
      assertEquals(0, client.pending());
    }
  }

  private RpcClient connected() {
    return ChatClient.await(RpcClient.connect(url(), RpcOptions.defaults()));
  }
}
