package dev.fanbench.protocol.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.tokens.TokenKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a target promises that asks its clients for tokens. It is apart from {@link
 * ChatServerContract} because such a target lets in nobody else.
 */
public interface AuthenticationContract extends TargetUnderContract {

  /** The key the target was started with. */
  TokenKey key();

  @Test
  default void requestWithoutTokenIsUnauthorized() throws IOException {
    assertRefused(401, upgrade(url()));
    assertRefused(401, upgrade(withQuery("")));
    assertRefused(401, upgrade(withQuery("other=" + token("ada"))));
    assertRefused(401, withHeader(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "Bearer", "Bearer x", "a.b.c", "Basic YWRhOnB3"})
  default void malformedTokenIsForbidden(String malformed) throws IOException {
    assertRefused(403, withHeader(malformed));
  }

  @Test
  default void tokenOfAnotherKeyIsForbidden() throws IOException {
    String forged = TokenKey.random().sign("ada", inAnHour());
    assertRefused(403, withHeader(forged));
    assertRefused(403, withHeader("Bearer " + forged));
    assertRefused(403, upgrade(withQuery("token=" + forged)));
  }

  @Test
  default void expiredTokenIsForbidden() throws IOException {
    assertRefused(403, withHeader(key().sign("ada", Instant.now().minusSeconds(1))));
  }

  @Test
  default void tokenThatNeverExpiresIsForbidden() throws Exception {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String signed =
        base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(UTF_8))
            + "."
            + base64.encodeToString("{\"sub\":\"ada\"}".getBytes(UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key().secret().getBytes(UTF_8), "HmacSHA256"));
    String lasting = signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    assertRefused(403, withHeader(lasting));
    assertRefused(403, upgrade(withQuery("token=" + lasting)));
  }

  @Test
  default void tokenThatNamesNobodyIsForbidden() throws IOException {
    assertRefused(403, withHeader(key().sign(null, inAnHour())));
    assertRefused(403, withHeader(key().sign("", inAnHour())));
  }

  @Test
  default void goodHeaderBeatsTheQueryAndBadOneToo() throws IOException {
    URI bad = withQuery("token=x");
    try (ChatClient ada = ChatClient.connect(bad, Map.of("Authorization", token("ada")))) {
      assertTrue(heardFrom(ada).endsWith("\"sender\":\"ada\"}"));
    }
    URI good = withQuery("token=" + token("ada"));
    assertRefused(403, upgrade(good).replace("\r\n\r\n", "\r\nAuthorization: x\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "bearer "})
  default void broadcastIsFromTheUserTheHeaderNames(String scheme) {
    Map<String, String> headers = Map.of("Authorization", scheme + token("ada"));
    try (ChatClient ada = ChatClient.connect(url(), headers)) {
      assertEquals("{\"message\":\"Hello everyone\",\"sender\":\"ada\"}", heardFrom(ada));
    }
  }

  @Test
  default void broadcastIsFromTheUserTheQueryNames() {
    try (ChatClient bob = ChatClient.connect(withQuery("token=" + token("b\u00f6b")))) {
      assertEquals("{\"message\":\"Hello everyone\",\"sender\":\"b\u00f6b\"}", heardFrom(bob));
    }
  }

  @Test
  default void broadcastReachesEveryConnectionOfEveryUser() {
    try (ChatClient first = connect("ada");
        ChatClient second = connect("ada");
        ChatClient other = connect("bob")) {
      second.join(RoomContract.freshRoom());
      String json = "{\"message\":\"Hello everyone\",\"sender\":\"ada\"}";
      assertEquals(json, heardFrom(first));
      assertEquals(json, second.next());
      assertEquals(json, other.next());

      String edn = "{:message \"Hello everyone\", :sender \"bob\"}\n";
      assertEquals(edn, other.ask("{:action :broadcast :message \"Hello everyone\"}"));
      assertEquals(edn, first.next());
      assertEquals(edn, second.next());
    }
  }

  @Test
  default void connectionThatEndsLeavesTheUsersOthers() {
    try (ChatClient stays = connect("ada");
        ChatClient other = connect("bob")) {
      try (ChatClient goes = connect("ada")) {
        assertEquals(1000, goes.closeWith(1000));
      }
      String heard = heardFrom(other);
      assertEquals(heard, stays.next());
      assertEquals("{\"message\":\"Hello everyone\",\"sender\":\"ada\"}", heardFrom(stays));
      assertTrue(other.next().endsWith("\"sender\":\"ada\"}"));
    }
  }

  @Test
  default void ednThatIsNoBroadcastGetsTheErrorFrame() {
    try (ChatClient ada = connect("ada")) {
      for (String edn : new String[] {"{:action :shout :message \"x\"}", "{:action :broadcast}"}) {
        String answer = ada.ask(edn);
        assertTrue(ActionContract.ERROR_FRAME.matcher(answer).matches(), answer);
      }
    }
  }

  @Test
  default void namesInRoomsAreNotUsers() {
    String room = RoomContract.freshRoom();
    try (ChatClient ada = connect("ada");
        ChatClient bob = connect("bob")) {
      ada.join(room);
      bob.join(room);
      ada.send("hello");
      assertEquals("#" + room + " anonymous: hello", bob.next());
    }
  }

  private static String heardFrom(ChatClient client) {
    return client.ask("{\"action\":\"broadcast\",\"message\":\"Hello everyone\"}");
  }

  private ChatClient connect(String user) {
    return ChatClient.connect(url(), Map.of("Authorization", token(user)));
  }

  private String token(String user) {
    return key().sign(user, inAnHour());
  }

  private static Instant inAnHour() {
    return Instant.now().plus(Duration.ofHours(1));
  }

  private URI withQuery(String query) {
    return URI.create(url() + "?" + query);
  }

  private static String upgrade(URI url) {
    return RawSocket.upgrade(url);
  }

  private String withHeader(String authorization) {
    return upgrade(url()).replace("\r\n\r\n", "\r\nAuthorization: " + authorization + "\r\n\r\n");
  }

  private void assertRefused(int status, String request) throws IOException {
    String head = RawSocket.head(url(), request);
    assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
  }
}
