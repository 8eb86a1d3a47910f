package dev.fanbench.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a key believes. */
class TokenKeyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SECRET = "a secret of this test, never used elsewhere, long enough";

  private static final String LASTING = "{\"sub\":\"ada\",\"exp\":4000000000}";

  private final TokenKey key = new TokenKey(SECRET);

  @Test
  void tokenNamesItsUserUntilItExpires() {
    String token = key.sign("ada", NOW.plusSeconds(60));
    assertEquals(Optional.of("ada"), user(token, NOW));
    assertEquals(Optional.of("ada"), user(token, NOW.plusSeconds(59)));
    assertEquals(Optional.empty(), user(token, NOW.plusSeconds(60)));
  }

  @Test
  void anotherKeyIsNotBelieved() {
    assertEquals(Optional.empty(), user(TokenKey.random().sign("ada", NOW.plusSeconds(60)), NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "a.b.c",
        "e30.e30.",
        "....",
        "eyJhbGciOiJub25lIn0.e30.",
        "\u00e9.\u00e9.\u00e9",
        "bnVsbA.e30.AA"
      })
  void whatIsNoTokenIsNotBelieved(String malformed) {
    assertEquals(Optional.empty(), user(malformed, NOW));
  }

  /** JSON of each kind, as header and as payload of tokens whose signature is good. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "1",
        "1e999999999",
        "\"x\"",
        "[]",
        "[null]",
        "{}",
        "{\"alg\":null}",
        "{\"alg\":7}",
        "{\"alg\":[]}",
        "{\"alg\":\"HS256\",\"crit\":[7]}",
        "{\"alg\":\"HS256\",\"crit\":[\"x\"]}",
        "{\"alg\":\"HS256\",\"jwk\":{}}",
        "{\"alg\":\"HS256\",\"x5c\":[null]}",
        "{\"alg\":\"HS256\",\"b64\":false}",
        "{\"sub\":{}}",
        "{\"sub\":\"ada\",\"exp\":[]}",
        "{\"sub\":\"ada\",\"exp\":\"\"}",
        "{\"sub\":\"ada\"",
        "{\"sub\":\"ada\"}}",
        ""
      })
  void oddJsonIsNotBelieved(String json) throws Exception {
    assertEquals(Optional.empty(), user(signed(json, LASTING), NOW));
    assertEquals(Optional.empty(), user(signed("{\"alg\":\"HS256\"}", json), NOW));
  }

  /** Whatever is in it: it is read before the signature can be checked. */
  @Test
  void longHeaderIsNotRead() throws Exception {
    String header = "{\"alg\":\"HS256\",\"kid\":\"%s\"}";
    int most = TokenKey.MOST_HEADER_CHARACTERS * 3 / 4 - header.length() + "%s".length();
    assertEquals(
        Optional.of("ada"), user(signed(header.formatted("k".repeat(most)), LASTING), NOW));
    assertEquals(
        Optional.empty(), user(signed(header.formatted("k".repeat(most + 1)), LASTING), NOW));
  }

  @Test
  void changedTokenIsNotBelieved() {
    String[] mine = key.sign("ada", NOW.plusSeconds(60)).split("\\.", -1);
    String[] other = key.sign("bob", NOW.plusSeconds(60)).split("\\.", -1);
    assertEquals(Optional.empty(), user(mine[0] + "." + other[1] + "." + mine[2], NOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sub\":\"ada\",\"exp\":4000000000}|ada",
        "{\"sub\":\"ada\"}|",
        "{\"sub\":\"ada\",\"exp\":null}|",
        "{\"sub\":\"ada\",\"exp\":4000000000,\"nbf\":1767225600}|ada",
        "{\"sub\":\"ada\",\"exp\":4000000000,\"nbf\":1767225601}|",
        "{\"sub\":\"ada\",\"exp\":\"soon\"}|",
        "{\"exp\":4000000000}|",
        "{\"sub\":\"\",\"exp\":4000000000}|",
        "{\"sub\":7,\"exp\":4000000000}|7",
        "{\"sub\":null,\"exp\":4000000000}|",
        "[]|",
        "nonsense|"
      })
  void claimsDecide(String payload, String user) throws Exception {
    assertEquals(Optional.ofNullable(user), user(signed(JWSAlgorithm.HS256, payload), NOW));
  }

  @Test
  void tokensMayBeAllowedNeverToExpire() throws Exception {
    Credential lasting = new Credential(signed(JWSAlgorithm.HS256, "{\"sub\":\"ada\"}"));
    Credential expired = new Credential(key.sign("ada", NOW));
    TokenKey lenient = key.withExpiry(TokenExpiry.named("optional"));
    assertEquals(Optional.empty(), key.user(lasting, NOW));
    assertEquals(Optional.of("ada"), lenient.user(lasting, NOW));
    assertEquals(Optional.empty(), lenient.user(expired, NOW));
    assertEquals(TokenExpiry.REQUIRED, TokenExpiry.named(null));
    assertEquals(
        "--token-expiry=never is not allowed; --token-expiry takes required, optional",
        assertThrows(IllegalArgumentException.class, () -> TokenExpiry.named("never"))
            .getMessage());
  }

  @Test
  void otherAlgorithmsAreNotBelieved() throws Exception {
    String strong = "0123456789012345678901234567890123456789012345678901234567890123";
    String token = signed(JWSAlgorithm.HS512, "{\"sub\":\"ada\"}", strong);
    Credential credential = new Credential(token);
    assertEquals(Optional.empty(), new TokenKey(strong).user(credential, NOW));
  }

  @Test
  void headerMayNameTheSchemeAndComesBeforeTheQuery() {
    assertEquals(Optional.of(new Credential("t")), Credential.of("t", null));
    assertEquals(Optional.of(new Credential("t")), Credential.of("Bearer t", "q"));
    assertEquals(Optional.of(new Credential("t")), Credential.of("bearer  t", null));
    assertEquals(Optional.of(new Credential("q")), Credential.of(null, "q"));
    assertEquals(Optional.of(new Credential("q")), Credential.of("", "q"));
    assertEquals(Optional.empty(), Credential.of(null, null));
    assertEquals(Optional.empty(), Credential.of("", ""));
  }

  @Test
  void keyComesFromTheEnvironmentOrASentenceSaysWhatIsMissing() {
    Map<String, String> set = Map.of(TokenKey.VARIABLE, SECRET);
    assertEquals(Optional.empty(), TokenKey.chosen("none", Map.<String, String>of()::get));
    assertEquals(SECRET, TokenKey.chosen("jwt", set::get).orElseThrow().secret());
    refused("--auth=basic is not allowed; --auth takes none, jwt", "basic", set);
    refused("the environment variable FANBENCH_JWT_SECRET", "jwt", Map.of());
    refused("HS256 needs 32 or more", "jwt", Map.of(TokenKey.VARIABLE, "short"));
  }

  @Test
  void secretsAndTokensDoNotShow() {
    assertFalse(key.toString().contains("secret"));
    assertFalse(new Credential("t0ken").toString().contains("t0ken"));
  }

  private static void refused(String expected, String auth, Map<String, String> environment) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> TokenKey.chosen(auth, environment::get))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  private Optional<String> user(String token, Instant now) {
    return key.user(new Credential(token), now);
  }

  /** A token of any two texts, by the standard's own words and no library. */
  private static String signed(String header, String payload) throws Exception {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String text =
        base64.encodeToString(header.getBytes(UTF_8))
            + "."
            + base64.encodeToString(payload.getBytes(UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return text + "." + base64.encodeToString(mac.doFinal(text.getBytes(UTF_8)));
  }

  private static String signed(JWSAlgorithm algorithm, String payload) throws Exception {
    return signed(algorithm, payload, SECRET);
  }

  private static String signed(JWSAlgorithm algorithm, String payload, String secret)
      throws Exception {
    JWSObject token = new JWSObject(new JWSHeader(algorithm), new Payload(payload));
    token.sign(new MACSigner(secret));
    return token.serialize();
  }
}
