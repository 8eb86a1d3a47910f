package dev.fanbench.signature;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** A call as it came over the wire: the parts of it that a signature covers. */
public interface SignedRequest {
  /** The HTTP method, in upper case. */
  String method();

  /** Path and query, percent encoded as they came. */
  String uri();

  /** Names of all headers. */
  Set<String> headerNames();

  /** All values of a header, in their order; empty when there is none. Case does not matter. */
  List<String> headers(String name);

  /** The body; readers leave its position alone. */
  ByteBuffer body();
}
