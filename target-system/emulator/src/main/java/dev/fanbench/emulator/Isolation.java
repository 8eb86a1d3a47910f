package dev.fanbench.emulator;

/** The place of Java functions whose classes the emulator has itself. */
public enum Isolation {
  /** In the emulator's process, which is fast. */
  SHARED,
  /** Each environment is a process of its own, as on Lambda. */
  PROCESS
}
