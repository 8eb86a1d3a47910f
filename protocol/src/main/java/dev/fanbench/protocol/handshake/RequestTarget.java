package dev.fanbench.protocol.handshake;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The target in the request line. Thread-safe; never blocks. */
public final class RequestTarget {
  private static final Pattern ORIGIN =
      Pattern.compile("(?:https?|wss?)://[^/?#]+", Pattern.CASE_INSENSITIVE);

  private RequestTarget() {}

  /**
   * Path and query of a target. A client may send its whole URL, which a server has to take (RFC
   * 9112, section 3.2.2).
   */
  public static String originForm(String target) {
    if (target.startsWith("/")) {
      return target;
    }
    Matcher origin = ORIGIN.matcher(target);
    if (!origin.lookingAt()) {
      return target;
    }
    String rest = target.substring(origin.end());
    return rest.startsWith("/") ? rest : "/" + rest;
  }
}
