package dev.fanbench.emulator.template;

/** The conversion of a payload, as in {@code ContentHandlingStrategy}. */
public enum ContentHandling {
  /** Nothing; the strategy is absent. */
  PASSTHROUGH,
  /** Bytes become base 64. A client's message is text already, and stays what it is. */
  CONVERT_TO_TEXT,
  /** Base 64 becomes the bytes it stands for. */
  CONVERT_TO_BINARY
}
