/**
 * The opening handshake of RFC 6455, as both servers check it.
 *
 * <p>{@link dev.fanbench.protocol.handshake.HandshakeCheck} reads a request that asks for a
 * WebSocket and says why it is refused. It knows no HTTP library: the caller passes a function that
 * returns the values of a header. {@link dev.fanbench.protocol.handshake.DeflateOffer} reads the
 * offers of permessage-deflate.
 */
package dev.fanbench.protocol.handshake;
