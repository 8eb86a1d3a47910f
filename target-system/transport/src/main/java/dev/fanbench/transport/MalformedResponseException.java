package dev.fanbench.transport;

import java.io.IOException;

/** Bytes that are no HTTP response. */
final class MalformedResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedResponseException(String sentence) {
    super(sentence);
  }
}
