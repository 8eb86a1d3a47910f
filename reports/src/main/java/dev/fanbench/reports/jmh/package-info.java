/**
 * Results of microbenchmarks, as JMH's {@code -rf json} writes them, and what a report adds:
 * figures for each delivery, and ratios to the naive variant and to the floor.
 */
package dev.fanbench.reports.jmh;
