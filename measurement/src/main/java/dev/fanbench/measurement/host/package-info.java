/**
 * Figures of the machine and its processes during a phase. They are CPU by thread group, time that
 * threads waited for a core, time a hypervisor took, and stalls of the load's event loops.
 *
 * <p>Linux tells most of it in {@code /proc}, to the nanosecond and from outside the process.
 * Elsewhere only the process CPU time is known, and every figure says where it came from.
 */
package dev.fanbench.measurement.host;
