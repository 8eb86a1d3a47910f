/**
 * Whether a server speaks WebSocket as RFC 6455 has it, by the Autobahn suite's judgement.
 *
 * <p>The suite is Python and comes as a Maven plugin that carries it for Jython; a process of its
 * own runs it against a server that echoes. Who uses this needs both on the test class path.
 */
package dev.fanbench.protocol.conformance;
