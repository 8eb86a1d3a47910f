package dev.fanbench.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** The conduct that the SDK's client cannot show. */
@Timeout(60)
class LeanHttpClientTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  /** A reader of one response that asks for parts one by one, on the thread of the test. */
  private static final class Reader implements SdkAsyncHttpResponseHandler, Subscriber<ByteBuffer> {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onHeaders(SdkHttpResponse head) {
      events.add("head " + head.statusCode());
    }

    @Override
    public void onStream(Publisher<ByteBuffer> body) {
      body.subscribe(this);
    }

    @Override
    public void onError(Throwable failure) {
      events.add("failed");
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription.complete(given);
    }

    @Override
    public void onNext(ByteBuffer part) {
      events.add(UTF_8.decode(part).toString());
    }

    @Override
    public void onComplete() {
      events.add("end");
    }

    String next() throws InterruptedException {
      return events.poll(30, TimeUnit.SECONDS);
    }
  }

  /** A body in parts, each sent when it is asked for, without a length. */
  private record Parts(List<String> texts) implements SdkHttpContentPublisher {
    @Override
    public Optional<Long> contentLength() {
      return Optional.empty();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> to) {
      to.onSubscribe(
          new Subscription() {
            private int sent;

            @Override
            public void request(long count) {
              if (sent < texts.size()) {
                to.onNext(ByteBuffer.wrap(texts.get(sent++).getBytes(UTF_8)));
              } else if (sent++ == texts.size()) {
                to.onComplete();
              }
            }

            @Override
            public void cancel() {}
          });
    }
  }

  private static CompletableFuture<Void> send(
      SdkAsyncHttpClient http, ScriptedServer server, Reader reader, String... body) {
    return http.execute(
        AsyncExecuteRequest.builder()
            .request(
                SdkHttpRequest.builder()
                    .uri(server.uri())
                    .method(SdkHttpMethod.POST)
                    .encodedPath("/path")
                    .build())
            .requestContentPublisher(new Parts(List.of(body)))
            .responseHandler(reader)
            .build());
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS))
        .getCause();
  }

  @Test
  void aBodyWithoutALengthGoesInChunks() throws Exception {
    String[] parts = new String[10_000];
    Arrays.fill(parts, "0123456789");
    try (ScriptedServer server = new ScriptedServer(peer -> peer.answerAll(200, "", ""));
        SdkAsyncHttpClient http = LeanHttpClient.builder().build()) {
      Reader reader = new Reader();
      send(http, server, reader, parts);
      assertEquals("head 200", reader.next());
      assertEquals("0123456789".repeat(10_000), server.received.get(0).body());
    }
  }

  @Test
  void aReaderThatAsksForNothingStopsTheServer() throws Exception {
    int bytes = 64 << 20;
    CountDownLatch written = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.read();
                  peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n");
                  String part = "x".repeat(1 << 20);
                  for (int i = 0; i < 64; i++) {
                    peer.write(part);
                  }
                  written.countDown();
                  peer.isAtEnd();
                });
        SdkAsyncHttpClient http = LeanHttpClient.builder().readTimeout(SHORT).build()) {
      Reader reader = new Reader();
      CompletableFuture<Void> sent = send(http, server, reader, "text");
      assertEquals("head 200", reader.next());
      // The body is handed over after the head.
      Subscription body = reader.subscription.get(30, TimeUnit.SECONDS);
      // Ten parts, and not the rest; a reader that takes its time is no timeout either.
      int taken = 0;
      for (int i = 0; i < 10; i++) {
        body.request(1);
        taken += reader.next().length();
      }
      assertTrue(!written.await(500, TimeUnit.MILLISECONDS), "the server could write all of it");
      assertTrue(!sent.isDone(), "the response is over");
      body.request(Long.MAX_VALUE);
      for (String part = reader.next(); !part.equals("end"); part = reader.next()) {
        taken += part.length();
      }
      sent.get();
      assertEquals(bytes, taken);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsATimeoutThatMayBeRetried() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.read();
                  peer.isAtEnd();
                });
        SdkAsyncHttpClient http = LeanHttpClient.builder().readTimeout(SHORT).build()) {
      Reader reader = new Reader();
      assertInstanceOf(SocketTimeoutException.class, failure(send(http, server, reader, "text")));
      assertEquals("failed", reader.next());
    }
  }

  @Test
  void requestsWaitForAConnectionUpToALimitAndATime() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.read();
              peer.isAtEnd();
            })) {
      SdkAsyncHttpClient http =
          LeanHttpClient.builder().maxConnections(1).maxPending(1).acquireTimeout(SHORT).build();
      CompletableFuture<Void> first = send(http, server, new Reader(), "text");
      while (server.received.isEmpty()) {
        Thread.onSpinWait();
      }
      CompletableFuture<Void> second = send(http, server, new Reader(), "text");
      CompletableFuture<Void> third = send(http, server, new Reader(), "text");
      assertInstanceOf(RejectedExecutionException.class, failure(third));
      assertInstanceOf(SocketTimeoutException.class, failure(second));
      assertTrue(!first.isDone(), "the request that has a connection is over");
      http.close();
      assertInstanceOf(IllegalStateException.class, failure(first));
    }
  }

  @Test
  void aCancelledRequestClosesItsConnection() throws Exception {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.read();
                  ended.complete(peer.isAtEnd());
                });
        SdkAsyncHttpClient http = LeanHttpClient.builder().build()) {
      CompletableFuture<Void> sent = send(http, server, new Reader(), "text");
      while (server.received.isEmpty()) {
        Thread.onSpinWait();
      }
      sent.cancel(true);
      assertTrue(ended.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void bytesThatBelongToNoRequestCloseTheConnection() throws Exception {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.read();
                  peer.answer(200, "", "");
                  peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                  ended.complete(peer.isAtEnd());
                });
        SdkAsyncHttpClient http = LeanHttpClient.builder().build()) {
      Reader reader = new Reader();
      send(http, server, reader, "text");
      assertEquals("head 200", reader.next());
      assertTrue(ended.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void aLineBreakInAHeaderIsRefused() throws Exception {
    try (ScriptedServer server = new ScriptedServer(peer -> peer.answerAll(200, "", ""));
        SdkAsyncHttpClient http = LeanHttpClient.builder().build()) {
      SdkHttpRequest request =
          SdkHttpRequest.builder()
              .uri(server.uri())
              .method(SdkHttpMethod.POST)
              .putHeader("name", "value\r\nother: value")
              .build();
      CompletableFuture<Void> sent =
          http.execute(
              AsyncExecuteRequest.builder()
                  .request(request)
                  .requestContentPublisher(new Parts(List.of("text")))
                  .responseHandler(new Reader())
                  .build());
      assertInstanceOf(IllegalArgumentException.class, failure(sent));
      assertEquals(0, server.received.size());
    }
  }

  @Test
  void anAddressThatNamesNoHostIsAnIoException() {
    try (SdkAsyncHttpClient http = LeanHttpClient.builder().build()) {
      SdkHttpRequest request =
          SdkHttpRequest.builder()
              .protocol("http")
              .host("nothing.invalid")
              .port(80)
              .method(SdkHttpMethod.GET)
              .build();
      CompletableFuture<Void> sent =
          http.execute(
              AsyncExecuteRequest.builder()
                  .request(request)
                  .requestContentPublisher(new Parts(List.of()))
                  .responseHandler(new Reader())
                  .build());
      assertInstanceOf(IOException.class, failure(sent));
    }
  }
}
