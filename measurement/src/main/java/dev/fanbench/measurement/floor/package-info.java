/**
 * The floor: the least a room server on the JVM can do, as the measure of all others.
 *
 * <p>One thread, JDK sockets, one write per subscriber from one prebuilt direct buffer, nothing
 * allocated per delivery. It knows just enough of the protocol for the load to run: {@code
 * /channel}, chat text, the text form of {@code rpc}. It believes its clients: text is passed on
 * without a look at its encoding, and messages in several frames are refused. What the harness
 * shows against it is what the harness and the kernel cost.
 */
package dev.fanbench.measurement.floor;
