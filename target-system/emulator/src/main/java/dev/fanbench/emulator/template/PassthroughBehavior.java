package dev.fanbench.emulator.template;

/** What happens to a payload that no template is there for. */
public enum PassthroughBehavior {
  /** It passes unchanged. */
  WHEN_NO_MATCH,
  /** It passes unchanged if there are no templates at all, and fails otherwise. */
  WHEN_NO_TEMPLATES,
  /** It fails. */
  NEVER
}
