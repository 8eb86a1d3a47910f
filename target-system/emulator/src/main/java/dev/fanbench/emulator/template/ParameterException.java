package dev.fanbench.emulator.template;

/** A template was given a value that it does not take; the message is a sentence for the user. */
public final class ParameterException extends TemplateException {
  private static final long serialVersionUID = 1L;

  ParameterException(String message) {
    super(message);
  }
}
