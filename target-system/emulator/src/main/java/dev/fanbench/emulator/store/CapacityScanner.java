package dev.fanbench.emulator.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Adds up the {@code "CapacityUnits":…} of one answer as its bytes pass by, in pieces of any size.
 *
 * <p>Items cannot be taken for them: inside a string the quotes are escaped, and an attribute of
 * that name is followed by an object and not by a number. One thread at a time.
 */
final class CapacityScanner {
  private static final byte[] KEY = "\"CapacityUnits\":".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_NUMBER = 24;

  private final StringBuilder number = new StringBuilder(LONGEST_NUMBER);
  private int matched;
  private double units;

  /** Looks at a piece and leaves its position alone. */
  void scan(ByteBuffer piece) {
    for (int i = piece.position(); i < piece.limit(); i++) {
      next(piece.get(i));
    }
  }

  /** Units so far; complete after the last piece. */
  double units() {
    return units;
  }

  private void next(byte b) {
    if (matched < KEY.length) {
      // No part of the key is its own beginning but the quote, so a mismatch starts over.
      matched = b == KEY[matched] ? matched + 1 : b == KEY[0] ? 1 : 0;
    } else if (isOfNumber(b) && number.length() < LONGEST_NUMBER) {
      number.append((char) b);
    } else {
      if (number.length() > 0) {
        units += Double.parseDouble(number.toString());
      }
      number.setLength(0);
      matched = b == KEY[0] ? 1 : 0;
    }
  }

  private static boolean isOfNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '.' || b == 'E' || b == '-';
  }
}
