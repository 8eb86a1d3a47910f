/**
 * A model of the latencies of AWS. It has one distribution for each hop, drawn from a seed. Timers
 * add the difference between the drawn time and the hop's real time.
 *
 * <p>The values of the shipped model are assumed, because no emulator knows the latencies of AWS. A
 * model shows how much a conclusion depends on them.
 */
package dev.fanbench.emulator.latency;
