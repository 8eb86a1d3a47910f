package dev.fanbench.emulator.template;

/**
 * A route of the API.
 *
 * @param key {@code $connect}, {@code $disconnect}, {@code $default}, or what the selection
 *     expression must yield
 * @param integration what its messages are handed to
 * @param twoWay whether the integration's body goes back to the sender
 */
public record Route(String key, Integration integration, boolean twoWay) {}
