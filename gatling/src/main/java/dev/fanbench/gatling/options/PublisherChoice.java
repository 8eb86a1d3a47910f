package dev.fanbench.gatling.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The members of a room that publish, as they are typed: a number, a share, or all. */
record PublisherChoice(double number, boolean share) {
  /** One publisher in each room that is no subscriber of it. */
  static final PublisherChoice ONE = new PublisherChoice(1, false);

  static final String ALLOWED =
      "1 (one that is no subscriber), all (each member), a number of members from 2,"
          + " or a share of them such as 20%";

  private static final PublisherChoice ALL = new PublisherChoice(1, true);
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)%");

  /**
   * Reads what was typed.
   *
   * @param most members of any room
   * @throws IllegalArgumentException when it is none of {@link #ALLOWED}
   */
  static PublisherChoice parse(String text, int most) {
    if (text.equals("all")) {
      return ALL;
    }
    Matcher percent = PERCENT.matcher(text);
    if (!percent.matches()) {
      return new PublisherChoice(Option.within(text, 1, most), false);
    }
    double share = Double.parseDouble(percent.group(1)) / 100;
    if (share <= 0 || share > 1) {
      throw new IllegalArgumentException(text + " is no share from 0% to 100%");
    }
    return new PublisherChoice(share, true);
  }

  /** The publishers of a room with so many members: of a share at least one member. */
  int of(int members) {
    return share ? Math.max(1, (int) Math.round(number * members)) : (int) number;
  }
}
