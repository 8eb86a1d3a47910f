/**
 * The floor: the cheapest room server on the JVM, as the measure for all others.
 *
 * <p>One thread with JDK sockets sends each message to each subscriber by one write from one
 * prebuilt direct buffer. Nothing is allocated per delivery. It knows just enough of the protocol
 * for the load: {@code /channel}, chat text and the text form of {@code rpc}. It does not validate
 * text, and rejects messages in several frames. Its latency and CPU are those of the load and the
 * kernel.
 */
package dev.fanbench.floor;
