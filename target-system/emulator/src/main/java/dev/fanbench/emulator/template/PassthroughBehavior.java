package dev.fanbench.emulator.template;

/** The treatment of a payload without a matching template. */
public enum PassthroughBehavior {
  /** It passes unchanged. */
  WHEN_NO_MATCH,
  /** It passes unchanged if there are no templates at all, and fails otherwise. */
  WHEN_NO_TEMPLATES,
  /** It fails. */
  NEVER
}
