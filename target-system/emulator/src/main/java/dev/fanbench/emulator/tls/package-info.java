/**
 * The certificate of the front door: made at the start, for this machine's names, signed by itself.
 * {@link dev.fanbench.emulator.tls.SelfSignedCertificate} makes it; {@link
 * dev.fanbench.emulator.tls.CertificateFolder} writes it, and never its key, where clients and
 * functions find it.
 */
package dev.fanbench.emulator.tls;
