package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values a template's parameters take. */
class ParametersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorizer|foo|--parameter Authorizer=foo is not allowed; Authorizer takes none, jwt, iam",
        "Integration|http_proxy|--parameter Integration=http_proxy is not allowed; Integration takes lambda-proxy, lambda,"
            + " http-proxy, http, mock",
        "RoomShards|0|--parameter RoomShards=0 is not allowed; RoomShards takes numbers from 1 to 64",
        "RoomShards|many|--parameter RoomShards=many is not allowed; RoomShards takes numbers from 1 to 64",
        "StageName|a/b|--parameter StageName=a/b is not allowed; StageName takes what matches [a-zA-Z0-9_-]{1,128}",
        "Shards|1|the template has no parameter Shards"
      })
  void valueThatIsNotAllowedIsRefusedWithASentence(String name, String value, String sentence) {
    assertEquals(sentence, refusal(Template.builtIn(), Map.of(name, value)));
  }

  @Test
  void parameterWithoutAValueIsRefused() {
    String withoutDefault =
        Template.builtIn().replaceFirst("(?s)(StageName:\\s+Type: String\\s+)Default: dev", "$1");
    assertEquals("parameter StageName needs a value", refusal(withoutDefault, Map.of()));
    assertEquals(
        "x1", Template.parse(withoutDefault, "us-east-1", Map.of("StageName", "x1")).stage());
  }

  @Test
  void numbersMayHaveOneBoundOrNone() {
    Map<String, Object> positive = Map.of("N", Map.of("Type", "Number", "MinValue", 1));
    assertEquals(Map.of("N", "7"), Parameters.values(positive, Map.of("N", "7")));
    assertEquals(
        "--parameter N=0 is not allowed; N takes numbers from 1 to any",
        assertThrows(ParameterException.class, () -> Parameters.values(positive, Map.of("N", "0")))
            .getMessage());
  }

  private static String refusal(String template, Map<String, String> parameters) {
    return assertThrows(
            ParameterException.class, () -> Template.parse(template, "us-east-1", parameters))
        .getMessage();
  }
}
