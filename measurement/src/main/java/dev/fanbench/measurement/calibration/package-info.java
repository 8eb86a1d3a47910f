/**
 * A latency model fitted to a run against a real stage.
 *
 * <p>A client sees of a publication only when it came first and when it came last. Both have every
 * fixed hop in them: the network, API Gateway to the function, the store's calls, the push. Their
 * difference, the skew, has none: the posts alone make it. A function has a fixed number of posts
 * in flight. The next one starts when one ends, and a frame leaves half-way through its post. So
 * three steps fit a model, in this order:
 *
 * <ol>
 *   <li><b>The scatter of posts.</b> In a room that is not larger than the posts in flight, all
 *       posts start together. Its skew is (longest − shortest) ÷ 2. In a larger room posts queue,
 *       and the skew grows by mean ÷ posts in flight with each member. The ratio of the two medians
 *       depends on the scatter alone. It falls as the scatter rises (up to a p99 of nine medians),
 *       and bisection finds the scatter.
 *   <li><b>The time of posts.</b> The large room's skew, over what it would be if the median post
 *       took 1.
 *   <li><b>The fixed hops together.</b> First deliveries, less the time of the quickest of the
 *       first posts. The time of the emulator's software is subtracted too, if there is a run
 *       without a model. Their p50 and p99 are read off, no shape is assumed.
 * </ol>
 *
 * <p>Expected skews come from {@link dev.fanbench.measurement.calibration.PostSchedule}, which
 * plays seeded publications, and not from a straight line through means. They so include the end of
 * the last posts, and a single stall moves no median. {@link
 * dev.fanbench.measurement.calibration.Calibration} is the way in.
 */
package dev.fanbench.measurement.calibration;
