package dev.fanbench.emulator.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A certificate of X.509 version 3 with a key on the curve P-256. It is its own authority, with the
 * extensions that strict clients ask of one (RFC 5280). The key stays in memory.
 *
 * @param key signs handshakes
 * @param certificate is for the names that were given
 */
public record SelfSignedCertificate(PrivateKey key, X509Certificate certificate) {
  private static final Duration BEFORE = Duration.ofDays(1);
  private static final Duration AFTER = Duration.ofDays(365);
  private static final int SERIAL_BITS = 127;
  private static final int KEY_ID_BYTES = 20;

  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";

  /** Tags of alternative names, and of parts with a place instead of a type. */
  private static final int DNS_NAME = 0x82;

  private static final int IP_ADDRESS = 0x87;
  private static final int KEY_ID = 0x80;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final BigInteger VERSION_3 = BigInteger.TWO;

  /** Signs handshakes and certificates: bits 0 and 5, so that two of eight bits are unused. */
  private static final byte[] USAGES = {(byte) 0x84};

  private static final int UNUSED_USAGES = 2;
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|.*:.*");

  /**
   * Makes one.
   *
   * @param choice has the names
   * @param clock the certificate is valid from a day before its time to a year after it
   */
  public static SelfSignedCertificate create(TlsChoice choice, Clock clock) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] body = body(keys, choice.allNames(), clock.instant());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      byte[] whole = DerWriter.sequence(body, algorithm(), DerWriter.bits(0, signature.sign()));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(whole));
      return new SelfSignedCertificate(keys.getPrivate(), certificate);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this JVM lacks P-256 or SHA-256", missing);
    }
  }

  private static byte[] algorithm() {
    return DerWriter.sequence(DerWriter.objectId(ECDSA_WITH_SHA256));
  }

  private static byte[] body(KeyPair keys, List<String> names, Instant now)
      throws GeneralSecurityException {
    byte[] subject =
        DerWriter.sequence(
            DerWriter.set(
                DerWriter.sequence(
                    DerWriter.objectId(COMMON_NAME), DerWriter.text("fanbench emulator"))));
    return DerWriter.sequence(
        DerWriter.value(VERSION, DerWriter.integer(VERSION_3)),
        DerWriter.integer(new BigInteger(SERIAL_BITS, new SecureRandom())),
        algorithm(),
        subject,
        DerWriter.sequence(DerWriter.time(now.minus(BEFORE)), DerWriter.time(now.plus(AFTER))),
        subject,
        keys.getPublic().getEncoded(),
        DerWriter.value(EXTENSIONS, extensions(keys, names)));
  }

  private static byte[] extensions(KeyPair keys, List<String> names)
      throws GeneralSecurityException {
    // Any name of the key will do; this is the method of RFC 7093.
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded());
    byte[] keyId = Arrays.copyOf(digest, KEY_ID_BYTES);
    return DerWriter.sequence(
        critical(BASIC_CONSTRAINTS, DerWriter.sequence(DerWriter.yes())),
        critical(KEY_USAGE, DerWriter.bits(UNUSED_USAGES, USAGES)),
        extension(EXTENDED_KEY_USAGE, DerWriter.sequence(DerWriter.objectId(SERVER))),
        extension(SUBJECT_KEY, DerWriter.octets(keyId)),
        extension(AUTHORITY_KEY, DerWriter.sequence(DerWriter.value(KEY_ID, keyId))),
        extension(
            ALTERNATIVE_NAMES,
            DerWriter.sequence(
                names.stream().map(SelfSignedCertificate::name).toArray(byte[][]::new))));
  }

  private static byte[] critical(String id, byte[] content) {
    return DerWriter.sequence(DerWriter.objectId(id), DerWriter.yes(), DerWriter.octets(content));
  }

  private static byte[] extension(String id, byte[] content) {
    return DerWriter.sequence(DerWriter.objectId(id), DerWriter.octets(content));
  }

  private static byte[] name(String name) {
    if (!ADDRESS.matcher(name).matches()) {
      return DerWriter.value(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
    try {
      // A literal address, which asks no name server.
      return DerWriter.value(IP_ADDRESS, InetAddress.getByName(name).getAddress());
    } catch (UnknownHostException broken) {
      throw new IllegalArgumentException(name + " is no address", broken);
    }
  }
}
