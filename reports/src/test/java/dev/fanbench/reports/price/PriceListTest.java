package dev.fanbench.reports.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceListTest {

  /** 1,000 connections, one message a second to 100 members, for a month of 730 hours. */
  @Test
  void theWorkedCheckOfTheShippedPrices() {
    double seconds = 730 * 3_600.0;
    PriceList prices = PriceList.shipped();

    assertEquals(265.4, prices.apiGateway(101 * seconds, 0), 0.1);
    assertEquals(10.95, prices.apiGateway(0, 1_000 * seconds / 60), 0.01);
    assertEquals("us-east-1 list prices of 2026-11-01", prices.origin());
  }

  @Test
  void aListThatLacksAPriceIsRefusedByName(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("mine.json"),
            "{\"region\": \"eu-west-1\", \"dollars\": {\"apiGateway.millionMessages\": 1.14}}");

    IllegalArgumentException bad =
        assertThrows(IllegalArgumentException.class, () -> PriceList.read(file));

    assertTrue(
        bad.getMessage().contains("dollars.apiGateway.millionConnectionMinutes=null"),
        bad.getMessage());
  }

  @Test
  void aFileThatIsNoListIsRefused(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("mine.json"), "free!");

    assertThrows(IllegalArgumentException.class, () -> PriceList.read(file));
  }
}
