/**
 * Verifies that calls are signed as AWS's SDKs sign them: Signature Version 4, in the header {@code
 * Authorization}, for the service {@code execute-api}.
 *
 * <p>{@link dev.fanbench.emulator.signature.SignatureCheck} is the way in. It knows no HTTP
 * library: who asks shows it the call as a {@link dev.fanbench.emulator.signature.SignedRequest}.
 */
package dev.fanbench.emulator.signature;
