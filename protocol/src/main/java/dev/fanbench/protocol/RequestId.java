package dev.fanbench.protocol;

/** Ids of single requests, in the same shape as {@link ConnectionId}. Thread-safe. */
public final class RequestId {
  private RequestId() {}

  /** A new id. */
  public static String next() {
    return OpaqueId.next();
  }
}
