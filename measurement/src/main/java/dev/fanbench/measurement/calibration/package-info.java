/**
 * A latency model fitted to a run against a real stage.
 *
 * <p>A client sees of a publication only when it came first and when it came last. Both have every
 * fixed hop in them: the network, API Gateway to the function, the store's calls, the push. Their
 * difference, the skew, has none, and is made by the posts alone: a function has so many posts in
 * flight, the next one starts when one ends, and a frame leaves half-way through its post. So three
 * steps fit a model, in this order:
 *
 * <ol>
 *   <li><b>How far posts scatter.</b> In a room that is not larger than the posts in flight all
 *       posts start together, so its skew is (longest − shortest) ÷ 2; in a larger one they queue,
 *       and its skew grows by mean ÷ posts in flight with each member. The ratio of the two medians
 *       depends on the scatter and on nothing else, and falls as it rises (up to a p99 of nine
 *       medians): bisection finds the one scatter that has it.
 *   <li><b>How long posts take.</b> The large room's skew, over what it would be if the median post
 *       took 1.
 *   <li><b>The fixed hops together.</b> First deliveries, less the little that the quickest of the
 *       first posts takes, and less what the emulator's software takes by itself, if a run without
 *       a model tells. Their p50 and p99 are read off, no shape is assumed.
 * </ol>
 *
 * <p>Expected skews come from {@link dev.fanbench.measurement.calibration.PostSchedule}, which
 * plays seeded publications, and not from a straight line through means: what the end of the last
 * posts adds is in them, and a single stall moves no median. {@link
 * dev.fanbench.measurement.calibration.Calibration} is the way in.
 */
package dev.fanbench.measurement.calibration;
