package dev.fanbench.gatling.faulty;

/** Follows a script; called on the target's event loop. */
public interface ScriptListener {

  /** A publication has come; its index in its room, from 0. */
  void arrived(int index);

  /**
   * A publication has been delivered.
   *
   * @param tookNanos from its coming, or from the end of the one before, until then
   */
  void handled(int index, long tookNanos);
}
