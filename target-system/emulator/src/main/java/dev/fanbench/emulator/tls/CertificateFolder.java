package dev.fanbench.emulator.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Files with the certificate: alone, and together with the public authorities that this JVM knows.
 * Most variables that name such a file replace all authorities, and functions call other servers,
 * too.
 *
 * @param path of a folder of its own, which is deleted at the end
 */
public record CertificateFolder(Path path) implements AutoCloseable {
  private static final String ALONE = "certificate.pem";
  private static final String ALL = "authorities.pem";
  private static final String STORE = "authorities.p12";
  private static final int LINE = 64;

  /** Of a store that has no secrets; Java wants one. */
  private static final String STORE_PASSWORD = "changeit";

  /**
   * Writes the files.
   *
   * @throws IOException if the folder for temporary files cannot be written
   */
  public static CertificateFolder create(X509Certificate certificate) throws IOException {
    CertificateFolder folder = new CertificateFolder(Files.createTempDirectory("fanbench-tls"));
    try {
      String own = pem(certificate);
      Files.writeString(folder.certificate(), own);
      StringBuilder all = new StringBuilder(own);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("fanbench", certificate);
      for (X509Certificate authority : publicAuthorities()) {
        all.append(pem(authority));
        store.setCertificateEntry("authority-" + store.size(), authority);
      }
      Files.writeString(folder.authorities(), all);
      try (OutputStream out = Files.newOutputStream(folder.store())) {
        store.store(out, STORE_PASSWORD.toCharArray());
      }
      return folder;
    } catch (IOException | GeneralSecurityException failed) {
      folder.close();
      throw new IOException("the certificate cannot be written: " + failed.getMessage(), failed);
    }
  }

  private static X509Certificate[] publicAuthorities() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager known) {
        return known.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static String pem(X509Certificate certificate) throws CertificateEncodingException {
    String base64 =
        Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }

  /** The file with the emulator's own certificate. */
  public Path certificate() {
    return path.resolve(ALONE);
  }

  private Path authorities() {
    return path.resolve(ALL);
  }

  /** The same for Java. */
  private Path store() {
    return path.resolve(STORE);
  }

  /** Variables by which programs in any language accept the certificate, and public ones, too. */
  public Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("NODE_EXTRA_CA_CERTS", certificate().toString());
    String all = authorities().toString();
    variables.put("AWS_CA_BUNDLE", all);
    variables.put("CURL_CA_BUNDLE", all);
    variables.put("REQUESTS_CA_BUNDLE", all);
    variables.put("SSL_CERT_FILE", all);
    variables.put(
        "JDK_JAVA_OPTIONS",
        "-Djavax.net.ssl.trustStore=\"%s\" -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword=%s"
            .formatted(store(), STORE_PASSWORD));
    return variables;
  }

  @Override
  public void close() {
    for (Path each : new Path[] {certificate(), authorities(), store(), path}) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException kept) {
        // It lies in the folder for temporary files, and holds no secret.
      }
    }
  }
}
