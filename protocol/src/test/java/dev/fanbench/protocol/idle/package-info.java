/** Targets in processes of their own: what idle connections cost them, and how they end. */
package dev.fanbench.protocol.idle;
