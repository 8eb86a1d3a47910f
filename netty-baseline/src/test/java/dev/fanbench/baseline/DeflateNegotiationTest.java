package dev.fanbench.baseline;

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
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered to offers of permessage-deflate, by hand and by Netty's client. */
class DeflateNegotiationTest {
  private static final String AGREED =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  private static final String WORDS = "so many words, so many words, ".repeat(40);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; client_max_window_bits=9",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "x-webkit-deflate-frame, permessage-deflate",
        "permessage-deflate; server_max_window_bits=9, permessage-deflate",
      })
  void whatCanBeSharedIsAgreed(String offer) {
    assertEquals(AGREED, answer(offer));
  }

  @Test
  void whoAsksForTheWindowThatThereIsIsToldSo() {
    assertEquals(
        AGREED + "; server_max_window_bits=15",
        answer("permessage-deflate; server_max_window_bits=15"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate; server_max_window_bits=9",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; colour=blue",
        "x-webkit-deflate-frame",
      })
  void anythingElseIsNot(String offer) {
    assertEquals("none", answer(offer));
  }

  private static String answer(String offer) {
    HttpHeaders request =
        new DefaultHttpHeaders().add(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, offer);
    return DeflateNegotiation.answer(request).orElse("none");
  }

  /** It deflates what it sends, and fails on what it cannot inflate. */
  @Test
  void nettysClientUnderstandsTheServer() throws Exception {
    ServerOptions options =
        ServerOptions.defaults().withRules(ConnectionRules.defaults().withDeflate(true));
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (NettyServer server = NettyServer.start(options)) {
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      connect(loops, server.url(), heard);
      BlockingQueue<String> unheard = new LinkedBlockingQueue<>();
      Channel speaker = connect(loops, server.url(), unheard);
      for (int i = 0; i < 3; i++) {
        speaker.writeAndFlush(new TextWebSocketFrame(i + WORDS)).sync();
        assertEquals("#general anonymous: " + i + WORDS, heard.poll(10, TimeUnit.SECONDS));
      }
      assertEquals(3, server.counters().get("publications.deflated").longValue());
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static Channel connect(EventLoopGroup loops, URI url, BlockingQueue<String> heard)
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
                            agreesToNoContext(),
                            new WebSocketClientProtocolHandler(
                                WebSocketClientProtocolConfig.newBuilder()
                                    .webSocketUri(url)
                                    .allowExtensions(true)
                                    .build()),
                            new Listener(heard));
                  }
                })
            .connect(url.getHost(), url.getPort())
            .sync()
            .channel();
    assertEquals("HANDSHAKE_COMPLETE", heard.poll(10, TimeUnit.SECONDS));
    return channel;
  }

  /** Its ready-made WebSocketClientCompressionHandler refuses an answer that the RFC allows. */
  private static ChannelHandler agreesToNoContext() {
    return new WebSocketClientExtensionHandler(
        new PerMessageDeflateClientExtensionHandshaker(6, false, 15, true, true, 0));
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
