/**
 * The mark that a publication carries through the target, untouched, to every subscriber: who
 * published it, which arrival it was, and when the schedule said to send it.
 */
package dev.fanbench.measurement.stamp;
