/**
 * Turns deliveries into counts and histograms.
 *
 * <p>Each event loop of the load owns one {@link dev.fanbench.measurement.record.DeliveryRecorder}
 * and tells it of every frame. Nothing on that path allocates, locks or waits.
 */
package dev.fanbench.measurement.record;
