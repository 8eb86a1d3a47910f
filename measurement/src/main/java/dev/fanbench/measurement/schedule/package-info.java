/**
 * Intended times of arrivals, computed before the run by arithmetic alone. A schedule never hears
 * of outcomes, which is what makes a workload open.
 */
package dev.fanbench.measurement.schedule;
