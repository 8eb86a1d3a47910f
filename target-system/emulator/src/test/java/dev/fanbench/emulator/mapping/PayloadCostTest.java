package dev.fanbench.emulator.mapping;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.fanbench.emulator.json.JsonTree;
import dev.fanbench.protocol.cost.HostileText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's text costs on its way through selection, trees and templates. */
class PayloadCostTest {
  /** Bytes allocated for each character, and for each text of any length. */
  private static final int MOST_BYTES = 150;

  private static final int MOST_BYTES_OF_A_TEXT = 64 * 1024;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int RANDOM_TEXTS = 5;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final SelectionExpression SELECTION =
      new SelectionExpression("$request.body.action ${request.body.data.a}");

  @ParameterizedTest
  @ValueSource(ints = {300, 7_000, 128 * 1024})
  void memoryIsAllocatedInProportion(int length) {
    List<HostileText> texts = new ArrayList<>(HostileText.json(length));
    texts.addAll(HostileText.random(20_261_129, length, RANDOM_TEXTS));
    List<Consumer<String>> uses =
        List.of(SELECTION::evaluate, PayloadCostTest::copy, UtilVariable.UTIL::escapeJavaScript);
    for (HostileText hostile : texts) {
      long most = (long) MOST_BYTES * hostile.text().length() + MOST_BYTES_OF_A_TEXT;
      for (Consumer<String> use : uses) {
        if (allocated(use, hostile.text()) > most) {
          // Once more: the first use of a class allocates what all its uses share.
          long bytes = allocated(use, hostile.text());
          assertTrue(bytes <= most, () -> "%d bytes for %s".formatted(bytes, hostile.name()));
        }
      }
    }
  }

  private static long allocated(Consumer<String> use, String text) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    use.accept(text);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void copy(String text) {
    try {
      JsonTree.write(JsonTree.read(text));
    } catch (IOException noJson) {
      // Had to be read to be found broken.
    }
  }

  /** The JDK multiplies 12 times for each of 1,000 digits, and more often for each of more. */
  @Test
  void longNumbersAreNotMultiplied() {
    for (String number : List.of("%s", "-%s", "0.%s", "%se-7", "1e%s")) {
      String digits = "9".repeat(LONGEST_NUMBER + 1);
      assertThrows(IOException.class, () -> JsonTree.read(number.formatted(digits)));
    }
    assertDoesNotThrow(() -> JsonTree.read("9".repeat(LONGEST_NUMBER)));
  }
}
