package dev.fanbench.target;

import java.util.Arrays;
import java.util.Optional;

/** The design of a target, as run directories and reports name it. */
public enum TargetKind {
  /** A server that holds its state in memory. */
  IN_MEMORY("in-memory"),

  /** API Gateway, functions and a store, emulated on this machine. */
  SERVERLESS("serverless"),

  /** A room that is one Durable Object of Cloudflare, in workerd on this machine. */
  DURABLE_OBJECT("durable-object"),

  /** The server that only writes: the cost of the load and the kernel. */
  FLOOR("floor"),

  /** Any other server that fanbench starts. */
  SERVER("server"),

  /** A server that ran before, known by its URL only. */
  REMOTE("remote");

  private final String key;

  TargetKind(String key) {
    this.key = key;
  }

  /** The word in run directories and descriptors. */
  public String key() {
    return key;
  }

  /** The kind of a word; empty for a word that a later version has written. */
  public static Optional<TargetKind> of(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
  }

  @Override
  public String toString() {
    return key;
  }
}
