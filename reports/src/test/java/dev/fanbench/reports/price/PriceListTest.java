package dev.fanbench.reports.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceListTest {

  @Test
  void theShippedListSaysWhereItIsFrom() {
    assertEquals("us-east-1 list prices of 2026-11-01", PriceList.shipped().origin());
  }

  @Test
  void aListOfTheFirstVersionIsStillRead(@TempDir Path directory) throws IOException {
    Map<String, Double> first = new TreeMap<>(PriceList.shipped().dollars());
    first
        .keySet()
        .removeIf(
            name -> name.matches("(alb|fargate|valkey|cloudflare)\\..*|transfer.outGbOver10Tb"));
    Path file = directory.resolve("mine.json");
    Files.writeString(
        file, new ObjectMapper().writeValueAsString(new PriceList("eu", "2026", "me", first)));

    PriceList mine = PriceList.read(file);

    assertFalse(mine.has("valkey.gbHour"));
    assertEquals(2, Rented.others(mine, DataTransfer.assumed(mine, 64)).size());
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
