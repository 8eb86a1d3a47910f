/**
 * The comparison for machines and for the console: the same figures as the page, to the digit.
 *
 * <p>{@code summary.json} for scripts, {@code junit.xml} for build servers, plain text for people.
 */
package dev.fanbench.reports.export;
