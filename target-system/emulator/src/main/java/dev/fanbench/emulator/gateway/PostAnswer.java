package dev.fanbench.emulator.gateway;

/** An observer's answer to a post to a connection that is open. */
public enum PostAnswer {
  /** 200; the client gets the frame. */
  DELIVERED,
  /** 410, as for a connection that is gone. */
  GONE,
  /** 429, as above a quota. */
  LIMIT_EXCEEDED
}
