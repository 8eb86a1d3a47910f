package dev.fanbench.functions.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Batch batch = new Batch("#tea \"ada\": \u20ac\n", List.of("a=", "b="));
    assertEquals(batch, Batch.read(new ByteArrayInputStream(batch.bytes())));

    BatchOutcome outcome = new BatchOutcome(7, List.of("b="), 1, 2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    outcome.write(out);
    assertEquals(outcome, BatchOutcome.read(new ByteArrayInputStream(out.toByteArray())));
  }

  @Test
  void whatIsSomethingElseIsRefused() {
    assertThrows(IOException.class, () -> Batch.read(bytes("[]")));
    assertThrows(IOException.class, () -> Batch.read(bytes("{\"connectionIds\":[]}")));
    assertThrows(
        IOException.class, () -> Batch.read(bytes("{\"frame\":\"x\",\"connectionIds\":1}")));
    assertThrows(
        IOException.class, () -> BatchOutcome.read(bytes("{\"errorMessage\":\"timed out\"}")));
  }

  private static InputStream bytes(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
