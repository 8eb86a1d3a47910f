/** The load that a run offers to its target: phases in order, each an open stream of arrivals. */
package dev.fanbench.measurement.workload;
