/** What connections that say nothing cost a target in a process of its own; for soak tests. */
package dev.fanbench.protocol.idle;
