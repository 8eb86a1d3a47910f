package dev.fanbench.protocol;

/** Ids of single requests, in the same shape as {@link ConnectionIds}. Thread-safe. */
public final class RequestIds {
  private RequestIds() {}

  /** A new id. */
  public static String next() {
    return OpaqueIds.next();
  }
}
