package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.protocol.contract.RawSocket.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets what while others come and go on several event loops. */
class MembershipTest {
  private static final int PUBLICATIONS = 150;

  @ParameterizedTest
  @EnumSource(BroadcastKind.class)
  void thoseWhoStayHearEverythingOnceAndInOrder(BroadcastKind kind) throws Exception {
    try (NettyServer server =
        NettyServer.start(ServerOptions.defaults().withLoops(3).withBroadcast(kind))) {
      List<ChatClient> stayers = clients(server, 7);
      List<ChatClient> publishers = clients(server, 2);
      List<ChatClient> walkers = clients(server, 6);
      List<CompletableFuture<Void>> work = new ArrayList<>();
      publishers.forEach(p -> work.add(CompletableFuture.runAsync(() -> publish(p, publishers))));
      walkers.forEach(w -> work.add(CompletableFuture.runAsync(() -> walk(w))));

      for (ChatClient stayer : stayers) {
        assertHearsAll(stayer, 2);
      }
      for (ChatClient publisher : publishers) {
        assertHearsAll(publisher, 1);
      }
      CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)).join();
      walkers.forEach(ChatClient::close);
      stayers.forEach(ChatClient::close);
      publishers.forEach(ChatClient::close);
      Awaited.counter(server, "connections.open", 0);
      assertEquals(0, server.counters().get("drops.slow").longValue());
    }
  }

  private static List<ChatClient> clients(NettyServer server, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ChatClient.connect(server.url(), "crowd"))
        .toList();
  }

  private static void publish(ChatClient publisher, List<ChatClient> publishers) {
    for (int i = 0; i < PUBLICATIONS; i++) {
      publisher.send(publishers.indexOf(publisher) + " " + i);
    }
  }

  /** Leaves and comes back; what is heard in between is nobody's business here. */
  private static void walk(ChatClient walker) {
    for (int i = 0; i < 50; i++) {
      walker.send("/channel elsewhere");
      walker.send("/channel crowd");
    }
  }

  private static void assertHearsAll(ChatClient client, int publisherCount) {
    int[] next = new int[2];
    for (int i = 0; i < PUBLICATIONS * publisherCount; i++) {
      String heard = client.next();
      int publisher = heard.charAt("#crowd anonymous: ".length()) - '0';
      assertEquals("#crowd anonymous: " + publisher + " " + next[publisher], heard);
      next[publisher]++;
    }
    client.expectNothing();
  }

  @ParameterizedTest
  @EnumSource(BroadcastKind.class)
  void nothingFollowsAClose(BroadcastKind kind) throws Exception {
    try (NettyServer server =
            NettyServer.start(ServerOptions.defaults().withLoops(2).withBroadcast(kind));
        ChatClient publisher = ChatClient.connect(server.url());
        ChatClient witness = ChatClient.connect(server.url())) {
      for (int round = 0; round < 20; round++) {
        try (RawSocket leaving = RawSocket.connect(server.url())) {
          publisher.send("before").send("around");
          leaving.frame(RawSocket.CLOSE, true, new byte[] {0x03, (byte) 0xe8});
          publisher.send("after");
          Received frame = leaving.next();
          while (frame.opcode() == RawSocket.TEXT) {
            frame = leaving.next();
          }
          assertEquals(1000, frame.closeCode());
          assertEquals(true, leaving.isAtEnd());
        }
        for (String words : List.of("before", "around", "after")) {
          assertEquals("#general anonymous: " + words, witness.next());
        }
      }
    }
  }
}
