/**
 * Signature Version 4, as AWS's SDKs sign their calls: in the header {@code Authorization} or in
 * the query.
 *
 * <p>{@link dev.fanbench.signature.SignatureCheck} verifies a call, {@link
 * dev.fanbench.signature.Signer} signs one; both share the arithmetic. Callers pass each call as a
 * {@link dev.fanbench.signature.SignedRequest}, so no HTTP library is needed.
 */
package dev.fanbench.signature;
