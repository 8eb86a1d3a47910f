/**
 * Charts as inline SVG: one class for each, complete without a script, coloured by the page's style
 * sheet.
 *
 * <p>Every run keeps its colour, dash and marker through the page, so that no chart needs colour to
 * be read. Linear axes start at zero; a chart draws percentiles only as far as its {@link
 * dev.fanbench.reports.model.Distribution} has them; runs that are not VALID are hatched.
 */
package dev.fanbench.reports.chart;
