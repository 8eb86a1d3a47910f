/**
 * Who is connecting: the token a client shows at its handshake, and the key that made it.
 *
 * <p>{@link dev.fanbench.protocol.auth.Credential} finds the token in a request, {@link
 * dev.fanbench.protocol.auth.TokenKey} says whose it is. A request without a token is answered with
 * 401, one whose token names no user with 403. Both servers decide with these two, and the load
 * signs its tokens with the same key.
 */
package dev.fanbench.protocol.auth;
