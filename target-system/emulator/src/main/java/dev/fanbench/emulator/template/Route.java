package dev.fanbench.emulator.template;

import java.time.Duration;

/**
 * A route of the API with its Lambda proxy integration.
 *
 * @param key {@code $connect}, {@code $disconnect}, {@code $default}, or what the selection
 *     expression must yield
 * @param function the logical name of the function that is invoked
 * @param timeout how long the gateway waits for it
 * @param twoWay whether the function's body goes back to the sender
 */
public record Route(String key, String function, Duration timeout, boolean twoWay) {}
