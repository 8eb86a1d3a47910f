package dev.fanbench.gatling.fleet;

/**
 * A connection that ended although the load kept it open.
 *
 * @param client the client, now closed
 * @param closeCode the target's close code; 1005 when its close frame held none; 1006 when the
 *     connection broke without one
 * @param reason what happened, for a reader
 */
public record LostConnection(Client client, int closeCode, String reason) {
  static final int ABNORMAL = 1006;
}
