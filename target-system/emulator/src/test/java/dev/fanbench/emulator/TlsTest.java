package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.runtime.FunctionFolder;
import dev.fanbench.emulator.tls.TlsChoice;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and plain text on one port. */
@Timeout(60)
class TlsTest {
  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    api = TestApi.start(options -> options.withTls(new TlsChoice(true, List.of())));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static SSLContext trusting(Path certificate) throws Exception {
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null);
    try (InputStream in = Files.newInputStream(certificate)) {
      known.setCertificateEntry(
          "own", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private HttpClient http() throws Exception {
    return HttpClient.newBuilder()
        .sslContext(trusting(api.emulator().certificate().orElseThrow()))
        .build();
  }

  private URI url(String scheme, String host) {
    return URI.create("%s://%s:%d/dev".formatted(scheme, host, api.url().getPort()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void clientsOfBothKindsConnectAndReachEachOther(String host) throws Exception {
    Client secure = Client.await(Client.ask(http(), url("wss", host)));
    String id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
    Client plain = Client.connect(api.url());
    assertEquals(200, api.call("POST", id, "x".repeat(100_000)).statusCode());
    StringBuilder heard = new StringBuilder();
    while (heard.length() < 100_000) {
      heard.append(secure.next());
    }
    assertEquals("x".repeat(100_000), heard.toString());
    secure.close(1000, "done");
    plain.close(1000, "done");
    assertEquals("1000 done", secure.closed());
    assertEquals("1000 done", plain.closed());
  }

  @Test
  void closeOfTheServerArrives() throws Exception {
    Client secure = Client.await(Client.ask(http(), url("wss", "127.0.0.1")));
    Client.await(secure.socket().sendBinary(ByteBuffer.wrap(new byte[1]), true));
    assertTrue(secure.closed().startsWith("1003 "));
  }

  @Test
  void eventSaysThatItCameByHttps() throws Exception {
    Client.await(Client.ask(http(), url("wss", "127.0.0.1"))).close(1000, "done");
    assertEquals("https", api.event("ConnectFunction").at("/headers/X-Forwarded-Proto").asText());
    Client.connect(api.url()).close(1000, "done");
    assertEquals("http", api.event("ConnectFunction").at("/headers/X-Forwarded-Proto").asText());
  }

  @Test
  void requestsThatEndTheirConnectionAreAnswered() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url("https", "127.0.0.1"))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    assertEquals(426, http().send(request, BodyHandlers.discarding()).statusCode());
  }

  @Test
  void certificateIsNotTrustedWithoutItsFile() {
    HttpRequest request = HttpRequest.newBuilder(url("https", "127.0.0.1")).build();
    assertThrows(
        SSLHandshakeException.class,
        () -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()));
  }

  @Test
  void oneByteOfAPlainRequestDecides() throws Exception {
    String request = "GET /dev HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.url().getPort())) {
      socket.setTcpNoDelay(true);
      for (byte each : request.getBytes(UTF_8)) {
        socket.getOutputStream().write(each);
      }
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 426 "), answer);
    }
  }

  @Test
  void brokenHandshakeEndsItsConnectionAlone() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.url().getPort())) {
      socket.getOutputStream().write("\u0016no handshake at all".getBytes(UTF_8));
      socket.getInputStream().readAllBytes();
    }
    Client.connect(api.url()).close(1000, "done");
  }

  @Test
  void withoutItAHandshakeIsABadRequest() throws Exception {
    try (TestApi plain = TestApi.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), plain.url().getPort())) {
      assertTrue(plain.emulator().certificate().isEmpty());
      socket.getOutputStream().write("\u0016\u0003\u0001\r\n\r\n".getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "python3.12|app.py|import urllib.request, urllib.error\\ndef handler(event, context):\\n  c = event['requestContext']\\n  try:\\n    urllib.request.urlopen('https://%s/%s' % (c['domainName'], c['stage']))\\n  except urllib.error.HTTPError as e:\\n    return {'statusCode': 200, 'body': str(e.code)}",
        "nodejs22.x|app.mjs|export const handler = async ({ requestContext: c }) => ({ statusCode: 200, body: String((await fetch(`https://${c.domainName}/${c.stage}`)).status) });",
        "python3.12|app.py|import subprocess\\ndef handler(event, context):\\n  c = event['requestContext']\\n  return {'statusCode': 200, 'body': subprocess.run(['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', 'https://%s/%s' % (c['domainName'], c['stage'])], capture_output=True, text=True).stdout}"
      })
  void functionsTrustTheCertificateUnchanged(
      String runtime, String file, String code, @TempDir Path folder) throws Exception {
    FunctionFolder.assumeInstalled("python3", "node", "curl");
    FunctionFolder function =
        new FunctionFolder(folder, "Runtime: " + runtime + ", Handler: app.handler")
            .file(file, code.replace("\\n", "\n"));
    try (Emulator emulator =
        function.start(options -> options.withTls(new TlsChoice(true, List.of())))) {
      Client client = Client.connect(emulator.url());
      client.send("hello");
      assertEquals("426", client.next());
      client.close(1000, "done");
    }
  }
}
