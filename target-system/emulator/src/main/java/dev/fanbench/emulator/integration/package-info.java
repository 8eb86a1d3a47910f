/**
 * The integrations behind routes. {@link dev.fanbench.emulator.integration.BackendFactory} makes a
 * {@link dev.fanbench.emulator.integration.Backend} for each integration of the template. A proxy
 * integration's function receives the gateway's own event. The other integrations have two payload
 * mappings, with a function, an HTTP endpoint or a mock between them. Backends never block; an
 * answer comes as a future, from any thread.
 */
package dev.fanbench.emulator.integration;
