package dev.fanbench.baseline.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final RoomCounter counters = new RoomCounter();
  private final HistoryBudget budget = new HistoryBudget(1024 * 1024);

  @Test
  void keepsTheLatestThousandOldestFirst() {
    History history = history(1024 * 1024, budget);
    List<RoomMessage> said =
        IntStream.range(0, 1_500).mapToObj(i -> new RoomMessage(i, "bz", "word " + i)).toList();
    said.forEach(history::add);
    assertEquals(said.subList(500, 1_500), history.latest());
    assertEquals(0, counters.utterancesForgotten().sum());
  }

  @Test
  void keepsNoMoreBytesThanARoomMayHave() {
    History history = history(10_000, budget);
    List<RoomMessage> said = words(20, 900);
    said.forEach(history::add);
    assertEquals(said.subList(15, 20), history.latest());
    assertEquals(15, counters.utterancesForgotten().sum());
    history.add(new RoomMessage(0, "bz", "x".repeat(5_000)));
    assertEquals(said.subList(15, 20), history.latest(), "one larger than a room is not kept");
    assertEquals(16, counters.utterancesForgotten().sum());
  }

  @Test
  void roomsShareTheBytesOfTheChat() {
    HistoryBudget small = new HistoryBudget(10_000);
    History quiet = history(8_000, small);
    History loud = history(8_000, small);
    words(2, 900).forEach(quiet::add);
    List<RoomMessage> said = words(9, 900);
    for (RoomMessage message : said) {
      if (!loud.add(message)) {
        loud.addInPlaceOfOldest(message);
      }
      assertTrue(small.takenBytes() <= 10_000);
    }
    assertEquals(said.subList(6, 9), loud.latest());
    assertEquals(2, quiet.latest().size());
    assertEquals(6, counters.utterancesForgotten().sum());
    quiet.clear();
    loud.clear();
    assertEquals(0, small.takenBytes());
  }

  private List<RoomMessage> words(int count, int characters) {
    return IntStream.range(0, count)
        .mapToObj(i -> new RoomMessage(i, "bz", "%%0%dd".formatted(characters - 2).formatted(i)))
        .toList();
  }

  private History history(int bytes, HistoryBudget shared) {
    return new History(bytes, shared, counters);
  }
}
