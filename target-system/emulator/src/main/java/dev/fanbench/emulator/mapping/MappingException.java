package dev.fanbench.emulator.mapping;

/** A payload that a mapping cannot be made of: a broken template, or one that fails on it. */
public final class MappingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MappingException(String message) {
    super(message);
  }

  MappingException(String message, Throwable cause) {
    super(message, cause);
  }
}
