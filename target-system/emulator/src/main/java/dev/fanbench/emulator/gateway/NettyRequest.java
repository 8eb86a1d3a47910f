package dev.fanbench.emulator.gateway;

import dev.fanbench.signature.SignedRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** A request as the signature check reads it; valid as long as the request's buffer is. */
record NettyRequest(FullHttpRequest request) implements SignedRequest {
  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String uri() {
    return request.uri();
  }

  @Override
  public Set<String> headerNames() {
    return request.headers().names();
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().getAll(name);
  }

  @Override
  public ByteBuffer body() {
    return request.content().nioBuffer();
  }
}
