package dev.fanbench.gatling.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.workload.Shard;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shards that meet over real sockets, on loopback. */
@Timeout(60)
class ShardMeetingTest {
  private static final String HOST = "127.0.0.1";
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  @TempDir private Path directory;
  private final List<ShardMeeting> meetings = new ArrayList<>();
  private final List<CompletableFuture<String>> ends = new ArrayList<>();
  private int port;

  @BeforeEach
  void findPort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
  }

  @AfterEach
  void close() throws IOException {
    for (ShardMeeting meeting : meetings) {
      meeting.close();
    }
  }

  @Test
  void allGetOneTagAndOneInstantInTheirOwnClocks() throws Exception {
    List<CompletableFuture<String>> tags = meet("secret", "secret", "secret");
    for (CompletableFuture<String> tag : tags) {
      assertEquals("r7", tag.get());
    }
    List<CompletableFuture<ShardMeeting.Start>> starts = new ArrayList<>();
    for (ShardMeeting meeting : meetings) {
      starts.add(meeting.start("fanout-10", 2));
    }
    long first = starts.get(0).get().atNanos();
    for (CompletableFuture<ShardMeeting.Start> start : starts) {
      // In one process all clocks are one, so the offset is within its bound of nothing.
      long bound = start.get().clock().boundNanos();
      assertTrue(bound > 0 && bound < TimeUnit.SECONDS.toNanos(1), () -> bound + " ns");
      assertTrue(Math.abs(start.get().clock().offsetNanos()) <= bound);
      assertTrue(Math.abs(first - start.get().atNanos()) <= 2_000_000_000L);
      assertEquals("fanout-10", start.get().clock().phase());
      assertEquals(2, start.get().clock().block());
    }
    List<CompletableFuture<Long>> sums = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      sums.add(meetings.get(shard).sum("the end", shard + 1));
    }
    for (CompletableFuture<Long> sum : sums) {
      assertEquals(6, sum.get());
    }
  }

  @Test
  void aWrongTokenIsRefusedAndEndsTheRunOfAll() throws Exception {
    meet("secret", "Secret");
    assertEquals("shard 0 refused it: the token is not that of shard 0", ends.get(1).get());
    assertEquals("a process at 127.0.0.1 gave a wrong token", ends.get(0).get());
  }

  @Test
  void aShardThatIsGoneEndsTheRunOfAllWithItsNumber() throws Exception {
    awaitAll(meet("", "", ""));
    meetings.get(2).close();
    assertEquals("shard 2 of 3 died: its connection was closed", ends.get(0).get());
    assertEquals("shard 2 of 3 died: its connection was closed", ends.get(1).get());
  }

  @Test
  void shardZeroThatIsGoneEndsTheRunOfAll() throws Exception {
    awaitAll(meet("", "", ""));
    meetings.get(0).close();
    assertTrue(ends.get(1).get().startsWith("shard 0"), ends.get(1)::join);
    assertTrue(ends.get(2).get().startsWith("shard 0"), ends.get(2)::join);
  }

  @Test
  void anEndReachesAllWithTheNumberOfItsShard() throws Exception {
    awaitAll(meet("", ""));
    meetings.get(1).end("The server died.");
    assertEquals("shard 1 of 2: The server died.", ends.get(0).get());
  }

  @Test
  void strangersWithLongLinesOrNoneAreDropped() throws Exception {
    meet("secret");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write("x".repeat(MessageChannel.LONGEST_GREETING + 1).getBytes(UTF_8));
      out.flush();
      assertEnds(socket);
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("{\"say\":\"go\"}\n".getBytes(UTF_8));
      assertEnds(socket);
    }
    assertTrue(!ends.get(0).isDone(), "a stranger without a token ends nothing");
  }

  /** A connection that is closed with bytes unread may be reset. */
  private static void assertEnds(Socket socket) {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (IOException reset) {
      assertTrue(reset.getMessage().contains("reset"), reset::getMessage);
    }
  }

  @Test
  void withoutATokenOnlyLoopbackIsListenedOn() {
    ShardMeeting meeting = new ShardMeeting(new Shard(0, 2), "192.0.2.1", port, "");
    IOException refusal =
        assertThrows(IOException.class, () -> meeting.meet("", "r7", 1, 0, reason -> {}));
    assertEquals(
        "peers=192.0.2.1 is not on loopback, so FANBENCH_BARRIER_TOKEN must be set to a secret that"
            + " all shards share.",
        refusal.getMessage());
  }

  @Test
  void theRunsOfAllAreCollectedAndTheVerdictIsTold() throws Exception {
    awaitAll(meet("", ""));
    Path own = run("own", "a");
    Path other = run("other", "b".repeat(300_000));
    CompletableFuture<ShardMeeting.Verdict> told =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return meetings.get(1).send(List.of(other), WAIT_NANOS).orElseThrow();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Map<Integer, List<Path>> all = meetings.get(0).collect(List.of(own), WAIT_NANOS);
    assertEquals(List.of(own), all.get(0));
    Path copy = all.get(1).get(0);
    assertEquals("own-shard-1", copy.getFileName().toString());
    assertEquals("b".repeat(300_000), Files.readString(copy.resolve("run.json")));
    meetings.get(0).done(99, "a threshold was missed");
    assertEquals(new ShardMeeting.Verdict(99, "a threshold was missed"), told.get());
    assertTrue(!ends.get(0).isDone() && !ends.get(1).isDone(), "all is well");
  }

  @Test
  void aParcelHasFilesOfRunsOnly() throws IOException {
    for (String name :
        List.of("../0/run.json", "0/../run.json", "/etc/run.json", "0/x", "1/run.json")) {
      Path zip = directory.resolve("any.zip");
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
        out.putNextEntry(new ZipEntry(name));
        out.write(1);
      }
      IOException refusal =
          assertThrows(
              IOException.class,
              () -> RunParcel.unpack(zip, List.of(directory.resolve("only")), 1_000),
              name);
      assertEquals("a shard sent what is no file of a run", refusal.getMessage());
    }
  }

  @Test
  void aParcelThatUnpacksToMoreThanFitsIsRefused() throws IOException {
    Path zip = directory.resolve("bomb.zip");
    try (OutputStream out = Files.newOutputStream(zip)) {
      RunParcel.pack(List.of(run("large", "0".repeat(100_000))), out);
    }
    assertTrue(Files.size(zip) < 1_000);
    IOException refusal =
        assertThrows(
            IOException.class,
            () -> RunParcel.unpack(zip, List.of(directory.resolve("to")), 99_999));
    assertEquals("a shard sent more than fits", refusal.getMessage());
  }

  @Test
  void clocksAreComparedByTheShortestOfManyRoundTrips() throws Exception {
    BarrierState state = new BarrierState(1, "", "r7", SystemNanoClock.INSTANCE, WAIT_NANOS, 0);
    long ahead = TimeUnit.HOURS.toNanos(3);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (BarrierHost host =
            BarrierHost.open(any, "", () -> SystemNanoClock.INSTANCE.nanoTime() + ahead, state);
        BarrierLink link =
            BarrierLink.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port()),
                new Message.Hello("", 0, 1, ""),
                SystemNanoClock.INSTANCE,
                reason -> {})) {
      link.welcome().get();
      BarrierLink.Offset offset = link.offset();
      assertTrue(Math.abs(ahead - offset.offsetNanos()) <= offset.boundNanos(), offset::toString);
    }
  }

  private Path run(String name, String text) throws IOException {
    Path run = Files.createDirectories(directory.resolve(name));
    Files.writeString(run.resolve("run.json"), text);
    Files.writeString(run.resolve("latency.hlog"), "");
    Files.writeString(run.resolve("publications.csv"), "");
    return run;
  }

  private List<CompletableFuture<String>> meet(String... tokens) throws Exception {
    List<CompletableFuture<String>> tags = new ArrayList<>();
    for (int index = 0; index < tokens.length; index++) {
      int shards = Math.max(2, tokens.length);
      ShardMeeting meeting = new ShardMeeting(new Shard(index, shards), HOST, port, tokens[index]);
      meetings.add(meeting);
      CompletableFuture<String> end = new CompletableFuture<>();
      ends.add(end);
      tags.add(meeting.meet("offer", "r7", WAIT_NANOS, 0, end::complete));
    }
    return tags;
  }

  private static void awaitAll(List<CompletableFuture<String>> tags) throws Exception {
    for (CompletableFuture<String> tag : tags) {
      assertEquals("r7", tag.get());
    }
  }
}
