/**
 * Signature Version 4, as AWS's SDKs sign their calls: in the header {@code Authorization} or in
 * the query.
 *
 * <p>{@link dev.fanbench.target.signature.SignatureCheck} verifies a call, {@link
 * dev.fanbench.target.signature.Signer} signs one; both share the arithmetic. Callers pass each
 * call as a {@link dev.fanbench.target.signature.SignedRequest}, so no HTTP library is needed.
 */
package dev.fanbench.target.signature;
