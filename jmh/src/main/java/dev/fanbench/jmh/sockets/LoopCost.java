package dev.fanbench.jmh.sockets;

/**
 * The cost of publications for the event loop that made them.
 *
 * @param allocatedBytes heap the loop's thread allocated; pooled direct memory is not heap
 * @param cpuNanos time the loop's thread was on a processor, in nanoseconds, the kernel's share
 *     included. It leaves out waiting for a processor, so a busy machine disturbs it less than
 *     elapsed time
 * @param writes writes that carried frames to sockets, each a system call while the kernel has
 *     room; 0 for a broadcaster of the user's, whose writes are not counted
 */
public record LoopCost(long allocatedBytes, long cpuNanos, long writes) {}
