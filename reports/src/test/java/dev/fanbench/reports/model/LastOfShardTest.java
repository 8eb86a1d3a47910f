package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastOfShardTest {

  @Test
  void theExpectedDistanceIsThatOfManyDraws() {
    int all = 400;
    int own = 100;
    List<Integer> places = new ArrayList<>(IntStream.range(0, all).boxed().toList());
    Random random = new Random(3);
    int draws = 20_000;
    long behind = 0;
    for (int draw = 0; draw < draws; draw++) {
      Collections.shuffle(places, random);
      int last = places.subList(0, own).stream().max(Integer::compare).orElseThrow();
      behind += all - 1 - last;
    }
    assertEquals(LastOfShard.places(all, own), (double) behind / draws, 0.1);
    assertEquals(3, LastOfShard.places(40_000, 10_000), 0.001);
  }
}
