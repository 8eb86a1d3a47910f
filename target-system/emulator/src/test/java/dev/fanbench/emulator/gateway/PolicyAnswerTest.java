package dev.fanbench.emulator.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.gateway.PolicyAnswer.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyAnswerTest {

  @ParameterizedTest
  @CsvSource({
    "execute-api:Invoke, execute-api:Invoke, true",
    "execute-api:Invoke, execute-api:Invokes, false",
    "execute-api:Invokes, execute-api:Invoke, false",
    "execute-api:*, execute-api:Invoke, true",
    "*, execute-api:Invoke, true",
    "**, '', true",
    "?, '', false",
    "arn:*:api/*/$connect, arn:aws:api/dev/$connect, true",
    "arn:*:api/*/$connect, arn:aws:api/dev/$connect/x, false",
    "a?c*, abc, true",
    "a?c, ac, false",
    "*ab, aab, true",
    "*ab*ab, abaab, true",
    "*a.b, axb, false",
    "'', a, false"
  })
  void wildcardsMatch(String pattern, String text, boolean expected) {
    assertEquals(expected, Scope.matches(pattern, text));
  }

  /** An expression of as many wildcards would have more ways to match than can be tried. */
  @Test
  void manyWildcardsAreTriedOnce() {
    String text = "a".repeat(2_000);
    assertFalse(Scope.matches("*a".repeat(500) + "*b", text));
    assertTrue(Scope.matches("*a".repeat(500) + "*", text));
  }
}
