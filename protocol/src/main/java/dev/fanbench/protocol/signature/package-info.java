/**
 * Signature Version 4, as AWS's SDKs sign their calls: in the header {@code Authorization}, or in
 * the query.
 *
 * <p>{@link dev.fanbench.protocol.signature.SignatureCheck} tells whether a call is signed, {@link
 * dev.fanbench.protocol.signature.Signer} signs one; both do it with the same arithmetic. They know
 * no HTTP library: who asks shows the call as a {@link
 * dev.fanbench.protocol.signature.SignedRequest}.
 */
package dev.fanbench.protocol.signature;
