package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTextTest {

  @ParameterizedTest
  @CsvSource({"5%,0.05", "2.5 %,0.025", "0.1%,0.001", "100%,1"})
  void aShareIsAPercentage(String text, double share) {
    assertEquals(share, ShareText.parse("precision", text), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.09%", "100.1%", "0%", "-5%", "5", "0.05", "five%", "%", "", "NaN%"})
  void othersAreRefused(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> ShareText.parse("precision", text));
    assertEquals(
        "precision="
            + text
            + " is not allowed; precision takes a share from 0.1% to 100%, such as 5%.",
        refusal.getMessage());
  }

  @Test
  void theSentenceNamesTheOption() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ShareText.parse("change", "x"))
            .getMessage();
    assertEquals(
        "change=x is not allowed; change takes a share from 0.1% to 100%, such as 5%.", message);
  }
}
