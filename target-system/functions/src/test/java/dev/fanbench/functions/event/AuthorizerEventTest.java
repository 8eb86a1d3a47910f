package dev.fanbench.functions.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.tokens.Credential;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerEventTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"headers\":{\"a\":\"b\",\"Authorization\":\"t\"},\"multiValueHeaders\":{\"a\":[\"b\"]}|t",
        "\"headers\":{\"authorization\":\"Bearer t\"},\"queryStringParameters\":{\"token\":\"q\"}|t",
        "\"headers\":{},\"queryStringParameters\":{\"a\":\"b\",\"token\":\"q\"}|q",
        "\"queryStringParameters\":null,\"headers\":null|",
        "\"requestContext\":{\"headers\":{\"Authorization\":\"no\"}}|"
      })
  void tokenIsInTheHeaderOrTheQuery(String fields, String token) throws IOException {
    AuthorizerEvent event = read("{\"type\":\"REQUEST\",\"methodArn\":\"arn\"," + fields + "}");
    assertEquals("arn", event.methodArn());
    assertEquals(Optional.ofNullable(token).map(Credential::new), event.credential());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"headers\":{}}"})
  void whatIsNoEventIsRefused(String json) {
    assertThrows(IOException.class, () -> read(json));
  }

  @Test
  void policyIsWrittenAsApiGatewayReadsIt() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Policy.allow("ada", "arn").write(out);
    assertEquals(
        "{\"principalId\":\"ada\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":["
            + "{\"Action\":\"execute-api:Invoke\",\"Effect\":\"Allow\",\"Resource\":\"arn\"}]}}",
        out.toString(UTF_8));
    assertEquals("Deny", Policy.deny("arn").effect());
  }

  private static AuthorizerEvent read(String json) throws IOException {
    return AuthorizerEvent.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }
}
