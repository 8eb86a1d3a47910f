/** Texts that are expensive to parse, and counters of what a parser does with them. */
package dev.fanbench.protocol.cost;
