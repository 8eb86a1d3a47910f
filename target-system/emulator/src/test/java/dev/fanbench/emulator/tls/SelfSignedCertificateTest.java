package dev.fanbench.emulator.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulator's own certificate, as the JDK reads it. */
class SelfSignedCertificateTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

  private static X509Certificate certificate(String... names) {
    return SelfSignedCertificate.create(new TlsChoice(true, List.of(names)), CLOCK).certificate();
  }

  @Test
  void isForLocalhostItsAddressesAndTheGivenNames() throws Exception {
    List<String> names =
        certificate("chat.test", "localhost", "10.0.0.7").getSubjectAlternativeNames().stream()
            .map(name -> name.get(0) + " " + name.get(1))
            .toList();
    assertEquals(
        List.of("2 localhost", "7 127.0.0.1", "7 0:0:0:0:0:0:0:1", "2 chat.test", "7 10.0.0.7"),
        names);
  }

  @Test
  void signsItselfAsAnAuthorityOfServers() throws Exception {
    X509Certificate certificate = certificate();
    certificate.verify(certificate.getPublicKey());
    assertEquals(3, certificate.getVersion());
    assertEquals(Integer.MAX_VALUE, certificate.getBasicConstraints());
    assertTrue(certificate.getKeyUsage()[0] && certificate.getKeyUsage()[5]);
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
    assertTrue(certificate.getSerialNumber().signum() > 0);
  }

  @Test
  void isValidFromADayBeforeToAYearAfter() throws Exception {
    X509Certificate certificate = certificate();
    certificate.checkValidity(Date.from(CLOCK.instant()));
    assertEquals(Instant.parse("2026-11-28T12:00:00Z"), certificate.getNotBefore().toInstant());
    assertEquals(Instant.parse("2027-11-29T12:00:00Z"), certificate.getNotAfter().toInstant());
  }

  @Test
  void isWrittenWithoutItsKeyAndDeletedAtTheEnd() throws Exception {
    Path folder;
    try (CertificateFolder files = CertificateFolder.create(certificate())) {
      folder = files.path();
      try (Stream<Path> each = Files.list(folder)) {
        assertEquals(
            List.of("authorities.p12", "authorities.pem", "certificate.pem"),
            each.map(file -> file.getFileName().toString()).sorted().toList());
      }
      String alone = Files.readString(files.certificate());
      String all = Files.readString(Path.of(files.variables().get("AWS_CA_BUNDLE")));
      assertTrue(all.startsWith(alone) && all.length() > alone.length());
      assertFalse(all.contains("PRIVATE"));
    }
    assertFalse(Files.exists(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "http://x", "-x", "x:1", "name\n"})
  void otherNamesAreRefused(String name) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new TlsChoice(true, List.of(name)));
    assertEquals(
        "--tls-name=" + name + " is not allowed; --tls-name takes host names and IPv4 addresses",
        refused.getMessage());
  }
}
