package dev.fanbench.gatling.fleet;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;

/** A certificate for an address made by the JDK's own keytool, so that no key lies in the tree. */
public record SelfSigned(PrivateKey key, X509Certificate certificate) {
  private static final String PASSWORD = "changeit";

  /** Makes one, with its files in the directory. */
  public static SelfSigned create(Path directory, String address)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "target",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + address,
                "-ext",
                "san=ip:" + address,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + Files.readString(directory.resolve("keytool.log")));
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new SelfSigned(
        (PrivateKey) keys.getKey("target", PASSWORD.toCharArray()),
        (X509Certificate) keys.getCertificate("target"));
  }

  /** What a server shows. */
  public SslContext server() throws SSLException {
    return server(() -> {});
  }

  /** The same, telling of each handshake that is not resumed: those that need the certificate. */
  SslContext server(Runnable whole) throws SSLException {
    X509ExtendedKeyManager told =
        new X509ExtendedKeyManager() {
          @Override
          public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine e) {
            return key.getAlgorithm().equals(type) ? "target" : null;
          }

          @Override
          public PrivateKey getPrivateKey(String alias) {
            return key;
          }

          @Override
          public X509Certificate[] getCertificateChain(String alias) {
            whole.run();
            return new X509Certificate[] {certificate};
          }

          @Override
          public String[] getClientAliases(String type, Principal[] issuers) {
            return null;
          }

          @Override
          public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
          }

          @Override
          public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {"target"};
          }

          @Override
          public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return "target";
          }
        };
    return SslContextBuilder.forServer(told).sslProvider(SslProvider.JDK).build();
  }

  /** Trust in this certificate alone. */
  Trust trusted() {
    return new Trust.Only(List.of(certificate));
  }

  /** Writes the certificate to a file that {@code trust=} takes. */
  public Path pem(Path file) throws IOException, CertificateEncodingException {
    String base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    return Files.writeString(
        file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }
}
