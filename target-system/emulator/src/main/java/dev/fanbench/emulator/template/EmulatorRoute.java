package dev.fanbench.emulator.template;

import java.util.Optional;

/**
 * A route of the API.
 *
 * @param key {@code $connect}, {@code $disconnect}, {@code $default}, or what the selection
 *     expression must yield
 * @param integration what its messages are handed to
 * @param twoWay whether the integration's body goes back to the sender
 * @param throttle how often it may be called, beside the account's quotas
 */
public record EmulatorRoute(
    String key, Integration integration, boolean twoWay, Optional<RouteThrottle> throttle) {}
