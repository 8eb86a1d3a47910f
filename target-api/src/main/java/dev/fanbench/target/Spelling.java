package dev.fanbench.target;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that is nearest to a mistyped one, for "did you mean". */
public final class Spelling {
  /** Letters added, dropped or changed beyond which two words are different words. */
  private static final int MOST_EDITS = 2;

  private Spelling() {}

  /** The nearest of {@code words}; empty if all differ by more than two letters. */
  public static Optional<String> closest(String typed, Collection<String> words) {
    return words.stream()
        .filter(word -> edits(typed, word) <= MOST_EDITS)
        .min(Comparator.comparingInt(word -> edits(typed, word)));
  }

  /** The least number of letters to add, drop or change (Levenshtein). */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
