package dev.fanbench.emulator.template;

/** What happens to a payload on its way, as {@code ContentHandlingStrategy} says. */
public enum ContentHandling {
  /** Nothing; the strategy is absent. */
  PASSTHROUGH,
  /** Bytes become base 64. A client's message is text already, and stays what it is. */
  CONVERT_TO_TEXT,
  /** Base 64 becomes the bytes it stands for. */
  CONVERT_TO_BINARY
}
