package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as in RFC 4180. */
class CsvLineTest {

  @Test
  void valuesStandBetweenCommas() {
    assertEquals(List.of("a", "", " b ", ""), CsvLine.values("a,, b ,"));
    assertEquals(List.of(""), CsvLine.values(""));
    assertEquals(List.of("", ""), CsvLine.values(","));
  }

  @Test
  void valuesInQuotesMayHaveCommasAndDoubledQuotes() {
    assertEquals(
        List.of("a,b", "say \"hi\"", "", "c"), CsvLine.values("\"a,b\",\"say \"\"hi\"\"\",\"\",c"));
    assertEquals(List.of("\""), CsvLine.values("\"\"\"\""));
  }

  @Test
  void faultsNameNoValue() {
    assertFault("a value with a quote must begin and end with quotes", "a\"b\",c");
    assertFault("a closing quote must be followed by a comma", "\"a\"b,c");
    assertFault("a value in quotes does not end on its line", "a,\"b");
    assertFault("a value in quotes does not end on its line", "\"a\"\"");
  }

  private static void assertFault(String clause, String line) {
    assertEquals(
        clause,
        assertThrows(IllegalArgumentException.class, () -> CsvLine.values(line)).getMessage());
  }
}
