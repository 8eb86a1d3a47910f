package dev.fanbench.baseline.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {

  @Test
  void keepsTheLatestThousandOldestFirst() {
    History history = new History();
    List<Utterance> said =
        IntStream.range(0, 1_500).mapToObj(i -> new Utterance(i, "bz", "word " + i)).toList();
    said.forEach(history::add);
    assertEquals(said.subList(500, 1_500), history.latest());
  }
}
