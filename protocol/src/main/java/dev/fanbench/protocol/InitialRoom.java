package dev.fanbench.protocol;

/** The room and the name of a client before it has chosen others. */
public final class InitialRoom {
  /** The room of a client that has just connected. */
  public static final String FIRST_ROOM = "general";

  /** The name of a client that has just connected. */
  public static final String FIRST_NAME = "anonymous";

  private InitialRoom() {}
}
