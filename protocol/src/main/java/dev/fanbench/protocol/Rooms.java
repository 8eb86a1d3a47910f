package dev.fanbench.protocol;

/** Where a client is, and how it is called, before it has said otherwise. */
public final class Rooms {
  /** The room of a client that has just connected. */
  public static final String FIRST_ROOM = "general";

  /** The name of a client that has just connected. */
  public static final String FIRST_NAME = "anonymous";

  private Rooms() {}
}
