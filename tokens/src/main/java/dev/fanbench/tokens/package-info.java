/**
 * Authentication of clients by JSON Web Tokens.
 *
 * <p>{@link dev.fanbench.tokens.Credential} finds the token in a request. {@link
 * dev.fanbench.tokens.TokenKey} verifies it and returns its user. A request without a token is
 * answered with 401, one whose token names no user with 403. Both servers use these two classes,
 * and the load signs its tokens with the same key.
 */
package dev.fanbench.tokens;
