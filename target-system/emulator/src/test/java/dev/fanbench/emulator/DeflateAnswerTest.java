package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers to offers of permessage-deflate, on the wire and to Netty's client. */
class DeflateAnswerTest {
  private static final String EXTENSIONS = "Sec-WebSocket-Extensions: ";
  private static TestApi api;

  @BeforeAll
  static void start() throws IOException {
    api =
        TestApi.start()
            .on(
                "MessageFunction",
                event -> "{\"statusCode\":200,\"body\":" + event.get("body") + "}");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Recorded of API Gateway.
        "permessage-deflate; server_max_window_bits=12; client_max_window_bits=12"
            + "|permessage-deflate;server_max_window_bits=12",
        // Chrome's and Firefox's.
        "permessage-deflate; client_max_window_bits|permessage-deflate;server_max_window_bits=12",
        "permessage-deflate|permessage-deflate;server_max_window_bits=12",
        "permessage-deflate; server_max_window_bits=15|permessage-deflate;server_max_window_bits=12",
        "permessage-deflate; server_max_window_bits=9|permessage-deflate;server_max_window_bits=9",
        "permessage-deflate; client_no_context_takeover; server_no_context_takeover"
            + "|permessage-deflate;server_no_context_takeover;client_no_context_takeover;"
            + "server_max_window_bits=12",
        "permessage-deflate; server_max_window_bits=99, permessage-deflate; colour=blue,"
            + " x-webkit-deflate-frame, permessage-deflate; server_max_window_bits=10,"
            + " permessage-deflate|permessage-deflate;server_max_window_bits=10",
        "permessage-deflate; colour=blue|none",
        "permessage-deflate; server_max_window_bits|none",
        "permessage-deflate; server_max_window_bits=12; server_max_window_bits=12|none",
        "permessage-deflate; client_max_window_bits=16|none",
        "permessage-deflate; server_no_context_takeover=1|none",
        "x-webkit-deflate-frame|none",
        "''|none",
      })
  @Shows(AwsChecklist.COMPRESSION)
  void offersAreAnswered(String offers, String answer) throws IOException {
    assertEquals(answer, answer(EXTENSIONS + offers + "\r\n"));
  }

  @Test
  void linesAreReadAsOneList() throws IOException {
    assertEquals(
        "permessage-deflate;server_max_window_bits=11",
        answer(
            EXTENSIONS
                + "permessage-deflate; colour\r\n"
                + EXTENSIONS
                + "permessage-deflate; server_max_window_bits=11\r\n"));
    assertEquals("none", answer(""));
  }

  private static String answer(String lines) throws IOException {
    String request = RawHttp.upgrade(api.url()).replace("\r\n\r\n", "\r\n" + lines + "\r\n");
    RawHttp.Answer answer = RawHttp.ask(api.url(), request);
    assertEquals(101, answer.status());
    return answer.headers().getOrDefault("sec-websocket-extensions", "none");
  }

  /** Netty's client deflates all that it sends, and fails on what it cannot inflate. */
  @Test
  void nettysClientUnderstandsTheAnswers() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      for (ChannelHandler offer :
          List.of(
              new WebSocketClientCompressionHandler(0),
              new WebSocketClientExtensionHandler(
                  new PerMessageDeflateClientExtensionHandshaker(6, true, 12, true, true, 0)))) {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Channel client = connect(loops, offer, heard);
        for (int length = 1; length < 40_000; length *= 3) {
          String text =
              "{\"action\":\"twoWay\",\"n\":\"" + "some words ".repeat(length / 10) + "\"}";
          client.writeAndFlush(new TextWebSocketFrame(text)).sync();
          assertEquals(text, heard.poll(10, TimeUnit.SECONDS));
        }
        client.close().sync();
      }
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static Channel connect(
      EventLoopGroup loops, ChannelHandler offer, BlockingQueue<String> heard)
      throws InterruptedException {
    Channel channel =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel socket) {
                    socket
                        .pipeline()
                        .addLast(
                            new HttpClientCodec(),
                            new HttpObjectAggregator(8_192),
                            offer,
                            new WebSocketClientProtocolHandler(
                                WebSocketClientProtocolConfig.newBuilder()
                                    .webSocketUri(api.url())
                                    .allowExtensions(true)
                                    .build()),
                            new Listener(heard));
                  }
                })
            .connect(api.url().getHost(), api.url().getPort())
            .sync()
            .channel();
    assertEquals("HANDSHAKE_COMPLETE", heard.poll(10, TimeUnit.SECONDS));
    return channel;
  }

  /** Keeps what it hears, the end of the handshake first. */
  private static final class Listener extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private final BlockingQueue<String> heard;

    Listener(BlockingQueue<String> heard) {
      this.heard = heard;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame text) {
      heard.add(text.text());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
        heard.add("HANDSHAKE_COMPLETE");
      }
    }
  }
}
