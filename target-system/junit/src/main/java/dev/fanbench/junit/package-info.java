/**
 * The emulator in a test of functions: a WebSocket API from a template, in one line.
 *
 * <p>{@link dev.fanbench.junit.WebSocketApi} is the API, {@link
 * dev.fanbench.junit.WebSocketApiBuilder} its settings, and {@link dev.fanbench.junit.ApiClient} a
 * client of it.
 */
package dev.fanbench.junit;
