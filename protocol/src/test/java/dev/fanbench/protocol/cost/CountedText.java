package dev.fanbench.protocol.cost;

import java.io.Reader;

/**
 * A text that counts the characters taken from it: one for each {@link #charAt}, and the length of
 * each copy. For one thread.
 */
public final class CountedText implements CharSequence {
  private final String text;
  private long visits;

  /** Counts from zero. */
  public CountedText(String text) {
    this.text = text;
  }

  /** How many characters were taken, those taken twice counted twice. */
  public long visits() {
    return visits;
  }

  /** A reader of the same characters, counted here too. */
  public Reader reader() {
    return new Reader() {
      private int at;

      @Override
      public int read(char[] into, int from, int most) {
        int count = Math.min(most, text.length() - at);
        if (count <= 0) {
          return most == 0 ? 0 : -1;
        }
        text.getChars(at, at + count, into, from);
        at += count;
        visits += count;
        return count;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    visits++;
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    visits += end - start;
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    visits += text.length();
    return text;
  }
}
