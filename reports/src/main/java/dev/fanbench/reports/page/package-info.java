/**
 * The page: one class for each section, in the order of the page.
 *
 * <p>{@link dev.fanbench.reports.page.HtmlPage} needs nothing but a {@link
 * dev.fanbench.reports.model.ReportModel}. No section computes a figure: it prints what the
 * comparison says, beside the sentence that says it.
 */
package dev.fanbench.reports.page;
