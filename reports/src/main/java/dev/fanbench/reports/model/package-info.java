/**
 * Content of a report, without its layout.
 *
 * <p>{@link dev.fanbench.reports.model.ReportModel} takes recorded runs and computes every
 * sentence, percentile, ratio and verdict once. Runs that are not VALID stay visible and are left
 * out of findings and ratios; floors are references. Everything here is immutable.
 */
package dev.fanbench.reports.model;
