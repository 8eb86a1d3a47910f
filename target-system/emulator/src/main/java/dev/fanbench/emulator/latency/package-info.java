/**
 * How long AWS would take, as a model says it: one distribution for each hop, drawn from a seed,
 * and timers that make up what the hop did not take by itself.
 *
 * <p>The values of the shipped model are assumed. No emulator knows AWS's latencies; a model lets a
 * reader see how much a conclusion depends on them.
 */
package dev.fanbench.emulator.latency;
