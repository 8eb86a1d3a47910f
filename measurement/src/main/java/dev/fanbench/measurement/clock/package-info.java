/**
 * Time as a parameter. Everything that measures takes a {@link
 * dev.fanbench.measurement.clock.NanoClock}, so that a test can stall it, and one class alone asks
 * the machine.
 */
package dev.fanbench.measurement.clock;
