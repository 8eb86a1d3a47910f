package dev.fanbench.target;

/** An address as a message shows it: without user, password and query, which may hold secrets. */
public final class ShownAddress {
  private static final String HIDDEN = "…";

  private ShownAddress() {}

  /**
   * Hides all before {@code @} and behind {@code ?} of a text that need not be a valid address.
   *
   * @return {@code …@host:6379} for {@code redis://user:password@host:6379}
   */
  public static String of(String address) {
    int at = address.lastIndexOf('@');
    int query = address.indexOf('?');
    if (query >= 0 && query < at) {
      // Either mark may belong to a password.
      return HIDDEN;
    }
    String shown = query < 0 ? address : address.substring(0, query + 1) + HIDDEN;
    return at < 0 ? shown : HIDDEN + shown.substring(at);
  }

  /** The same for a value that is perhaps no address: a text without {@code ://} is kept. */
  public static String ofValue(String value) {
    return value.contains("://") ? of(value) : value;
  }
}
