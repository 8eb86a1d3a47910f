/**
 * Run directories in, one self-contained HTML page out, or a verdict on two sides of them.
 *
 * <p>{@link dev.fanbench.reports.ReportWriter#write} reads runs, compares them once and writes
 * {@code index.html}, {@code summary.json} and {@code junit.xml}; {@link
 * dev.fanbench.reports.ReportCommand} is the same on the command line. Any old run directory can be
 * rendered again, with the results of microbenchmarks beside it. The model decides what is said,
 * {@code page} and {@code chart} how it looks, {@code export} what machines and the console get.
 *
 * <p>{@link dev.fanbench.reports.CompareCommand} says whether one side of runs is slower than
 * another; {@link dev.fanbench.reports.ChangeReport} is what it writes.
 *
 * <p>{@link dev.fanbench.reports.LiveServer} shows a run that has not ended yet.
 */
package dev.fanbench.reports;
