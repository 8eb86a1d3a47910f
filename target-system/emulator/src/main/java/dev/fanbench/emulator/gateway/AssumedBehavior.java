package dev.fanbench.emulator.gateway;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The assumed behaviour of API Gateway where AWS documents none and reports of users are not
 * certain.
 *
 * @param pingIsActivity whether a ping keeps a connection from being idle
 * @param expiredReason the reason sent to the client and to {@code $disconnect}, beside 1001, when
 *     a connection was idle or became too old
 * @param lostCode the code in {@code $disconnect} for a client that is gone without a close
 * @param postMustBeUtf8 whether a post whose body is not UTF-8 is answered with 400. Otherwise its
 *     bytes are sent as a text frame, and every client that checks them closes the connection
 * @param permessageDeflate whether offers of permessage-deflate are accepted, as API Gateway did in
 *     2021; otherwise the offer is ignored
 */
public record AssumedBehavior(
    boolean pingIsActivity,
    String expiredReason,
    int lostCode,
    boolean postMustBeUtf8,
    boolean permessageDeflate) {
  private static final String PING = "pingIsActivity";
  private static final String REASON = "expiredReason";
  private static final String CODE = "lostCode";
  private static final String UTF8 = "postMustBeUtf8";
  private static final String DEFLATE = "permessageDeflate";
  private static final int FIRST_CODE = 1_000;
  private static final int LAST_CODE = 4_999;

  public AssumedBehavior {
    if (lostCode < FIRST_CODE || lostCode > LAST_CODE) {
      throw new IllegalArgumentException(
          "--assume %s=%d is not allowed; %1$s takes %d to %d"
              .formatted(CODE, lostCode, FIRST_CODE, LAST_CODE));
    }
  }

  /** The assumptions that are used by default. */
  public static AssumedBehavior standard() {
    return new AssumedBehavior(false, "Going away", 1_006, true, true);
  }

  /**
   * Reads values by their names; what is not named is standard.
   *
   * @throws IllegalArgumentException for a name or a value that is none
   */
  public static AssumedBehavior of(Map<String, String> byName) {
    Set<String> unknown = new TreeSet<>(byName.keySet());
    unknown.removeAll(Set.of(PING, REASON, CODE, UTF8, DEFLATE));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          ("nothing is assumed of %s; there are %s, %s and %s (true or false), %s (a text) and %s"
                  + " (a number)")
              .formatted(String.join(", ", unknown), PING, UTF8, DEFLATE, REASON, CODE));
    }
    AssumedBehavior standard = standard();
    return new AssumedBehavior(
        flag(PING, byName, standard.pingIsActivity()),
        byName.getOrDefault(REASON, standard.expiredReason()),
        code(byName.getOrDefault(CODE, String.valueOf(standard.lostCode()))),
        flag(UTF8, byName, standard.postMustBeUtf8()),
        flag(DEFLATE, byName, standard.permessageDeflate()));
  }

  private static boolean flag(String name, Map<String, String> byName, boolean standard) {
    String text = byName.getOrDefault(name, String.valueOf(standard));
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(
          "--assume %s=%s is not allowed; %1$s takes true, false".formatted(name, text));
    }
    return text.equals("true");
  }

  private static int code(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException broken) {
      throw new IllegalArgumentException(
          "--assume %s=%s is not allowed; %1$s takes a number".formatted(CODE, text), broken);
    }
  }
}
