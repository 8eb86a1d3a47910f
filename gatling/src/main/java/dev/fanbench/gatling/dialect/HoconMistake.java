package dev.fanbench.gatling.dialect;

import com.typesafe.config.ConfigException;

/** The sentence about a file that is not HOCON, in the words of fanbench. */
public final class HoconMistake {
  private HoconMistake() {}

  /**
   * A sentence with file, line and the form that is allowed.
   *
   * @param file its name or path
   */
  public static String sentence(String file, ConfigException thrown) {
    int line = thrown.origin() == null ? -1 : thrown.origin().lineNumber();
    return file + (line > 0 ? ", line " + line : "") + ": " + words(thrown) + ".";
  }

  private static String words(ConfigException thrown) {
    if (thrown instanceof ConfigException.UnresolvedSubstitution) {
      return "${…} outside quotes names a key of the file, and there is none of that name;"
          + " a text with a placeholder stands in quotes";
    }
    if (thrown instanceof ConfigException.WrongType) {
      return "a value has another form than its key takes, such as a list in place of a text";
    }
    return "this is not HOCON; a file takes KEY = VALUE, KEY { … } and KEY = [ … ],"
        + " and each quote, brace and bracket must be closed";
  }
}
