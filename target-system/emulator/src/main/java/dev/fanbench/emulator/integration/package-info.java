/**
 * What stands behind routes. {@link dev.fanbench.emulator.integration.Backends} makes a {@link
 * dev.fanbench.emulator.integration.Backend} of what the template says: a function that gets the
 * gateway's own event, or a function, an HTTP endpoint or nothing at all between two payload
 * mappings. Backends never block; an answer comes as a future, from any thread.
 */
package dev.fanbench.emulator.integration;
