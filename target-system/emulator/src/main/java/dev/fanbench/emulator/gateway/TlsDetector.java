package dev.fanbench.emulator.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;

/**
 * Tells TLS from plain text by the first byte of a connection, and makes way for either. A TLS
 * connection begins with a record of the type handshake (RFC 8446, 5.1), no HTTP request with that
 * byte.
 */
final class TlsDetector extends ByteToMessageDecoder {
  private static final int HANDSHAKE = 0x16;

  private final SslContext tls;

  TlsDetector(SslContext tls) {
    this.tls = tls;
  }

  /** Whether a connection is encrypted. */
  static boolean isEncrypted(ChannelPipeline pipeline) {
    return pipeline.get(SslHandler.class) != null;
  }

  /** Ends the output of a connection, and of its encryption before it. */
  static void shutdownOutput(DuplexChannel channel) {
    SslHandler encryption = channel.pipeline().get(SslHandler.class);
    if (encryption == null) {
      channel.shutdownOutput();
    } else {
      encryption.closeOutbound().addListener(told -> channel.shutdownOutput());
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.getByte(in.readerIndex()) == HANDSHAKE) {
      ctx.pipeline().replace(this, "tls", tls.newHandler(ctx.alloc()));
    } else {
      ctx.pipeline().remove(this);
    }
  }
}
