package dev.fanbench.junit;

/**
 * A message that a function posted to a connection, and that was accepted.
 *
 * @param connectionId the connection that gets it
 * @param text its body as UTF-8
 */
public record ApiPost(String connectionId, String text) {}
