package dev.fanbench.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that nothing signed, made by the JDK's keytool so that no key lies in the tree. */
record TestCertificate(KeyStore store) {
  private static final String PASSWORD = "changeit";

  static TestCertificate create(Path directory, String address)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve("server.p12");
    Path log = directory.resolve("keytool.log");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String arguments =
        "-genkeypair -alias server -keyalg EC -dname CN=%1$s -ext san=ip:%1$s -storetype PKCS12"
            .formatted(address);
    ProcessBuilder keytool = new ProcessBuilder(tool);
    keytool.command().addAll(List.of(arguments.split(" ", -1)));
    keytool.command().addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
    if (keytool.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor() != 0) {
      throw new IOException("keytool: " + Files.readString(log));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new TestCertificate(store);
  }

  /** A listening socket that shows the certificate. */
  ServerSocket listen() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 64, InetAddress.getLoopbackAddress());
  }

  /** Trust in this certificate alone. */
  TrustManager[] trust() throws GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }
}
