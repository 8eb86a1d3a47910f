package dev.fanbench.baseline.broadcast;

/** One subscriber's place in one audience. */
@FunctionalInterface
public interface RoomMembership {
  /** Gives the place up, at once; a second call does nothing. On the subscriber's event loop. */
  void leave();
}
