package dev.fanbench.emulator.template;

/** A template that cannot be deployed; the message names the place and what is wrong with it. */
public sealed class TemplateException extends RuntimeException permits ParameterException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, and where. */
  public TemplateException(String message) {
    super(message);
  }
}
