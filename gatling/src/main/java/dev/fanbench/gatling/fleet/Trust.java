package dev.fanbench.gatling.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates accepted for {@code wss}. Host names are verified too, except by {@link Any}. */
public sealed interface Trust {

  /** For a report. */
  String words();

  /** Authorities of the JVM's own trust store. */
  record Jvm() implements Trust {
    @Override
    public String words() {
      return "jvm";
    }
  }

  /** These authorities, and no others. */
  record Only(List<X509Certificate> authorities) implements Trust {
    public Only {
      authorities = List.copyOf(authorities);
      if (authorities.isEmpty()) {
        throw new IllegalArgumentException("no certificate to trust");
      }
    }

    @Override
    public String words() {
      return authorities.size() == 1 ? "a given certificate" : "given certificates";
    }
  }

  /** Any certificate for any host; the server's identity is not verified. */
  record Any() implements Trust {
    @Override
    public String words() {
      return "any (certificates and host names were not checked)";
    }
  }

  /**
   * The certificates of a PEM file.
   *
   * @throws IOException when it cannot be read or holds no certificate
   */
  static Trust read(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      return new Only(
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList());
    } catch (CertificateException | IllegalArgumentException e) {
      throw new IOException(pem + " holds no certificates in PEM", e);
    }
  }
}
