/**
 * Input that a server does not expect, made at random and repeatable by its seed, for both servers.
 *
 * <p>{@link dev.fanbench.protocol.fuzz.HandshakeFuzzContract} sends handshakes of every kind and
 * compares each answer with the one that the standards ask for. {@link
 * dev.fanbench.protocol.fuzz.FrameFuzzContract} sends frames from clients that do not read, read
 * one byte at a time, or vanish. A target's module implements them in a test class, and says what
 * the target counts.
 *
 * <p>{@link dev.fanbench.protocol.fuzz.Churn} lets clients come and die for minutes, at a target in
 * a process of its own.
 */
package dev.fanbench.protocol.fuzz;
