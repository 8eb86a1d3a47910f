package dev.fanbench.measurement.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseBuilder;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.PhaseShare;
import dev.fanbench.measurement.workload.Shard;
import dev.fanbench.measurement.workload.SharedWorkload;
import dev.fanbench.measurement.workload.Workload;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For any workload, the shares of 1 to 64 shards are the workload, and no part of it twice. */
class SharedWorkloadTest {
  private static final int MOST_SHARDS = 64;
  private static final int WORKLOADS = 4;

  @ParameterizedTest
  @EnumSource
  void theUnionOfAllShardsIsTheWorkload(ArrivalProcess arrivals) {
    Random random = new Random(7);
    for (int drawn = 0; drawn < WORKLOADS; drawn++) {
      Workload whole = workload(random, arrivals);
      for (int shards = 1; shards <= MOST_SHARDS; shards++) {
        for (int phase = 0; phase < whole.phases().size(); phase++) {
          arrivals(whole, shards, phase);
          members(whole.phases().get(phase), shards);
          blocks(whole, shards, phase);
        }
        seeds(whole, shards);
      }
    }
  }

  /** Each arrival once, at the same instant as without shards. */
  private static void arrivals(Workload whole, int shards, int phase) {
    SendSchedule schedule = SendSchedule.of(whole, phase);
    BitSet seen = new BitSet();
    for (Shard shard : all(shards)) {
      SharedWorkload offered = new SharedWorkload(whole, shard);
      SendSchedule own = SendSchedule.of(offered, phase);
      int count = offered.own().phases().get(phase).count();
      for (int n = 0; n < count; n++) {
        int k = shard.nth(n);
        assertFalse(seen.get(k), () -> k + " is offered twice");
        seen.set(k);
        assertEquals(schedule.offsetNanos(k), own.offsetNanos(n));
      }
    }
    assertEquals(whole.phases().get(phase).count(), seen.cardinality());
    assertEquals(seen.cardinality(), seen.length());
  }

  /**
   * Each member of each room once, and a publication reaches all members of its room but its own.
   */
  private static void members(Phase whole, int shards) {
    Set<Integer> rooms = new HashSet<>();
    double rate = 0;
    int subscribers = 0;
    int slow = 0;
    double churn = 0;
    int publishingMembers = 0;
    Set<Integer> publishers = new HashSet<>();
    for (Shard shard : all(shards)) {
      PhaseShare share = new PhaseShare(whole, shard);
      Phase own = share.own();
      rate += own.ratePerSecond();
      subscribers += own.subscribers();
      slow += own.background().slow();
      churn += own.background().churnPerSecond();
      publishingMembers += own.publishingMembers() * own.rooms();
      for (int room = 0; room < own.rooms(); room++) {
        assertTrue(rooms.add(share.room(room)) || share.sharesRooms() || room == 0);
      }
      for (int publisher = 0; publisher < own.publishers(); publisher++) {
        int number = shard.nth(publisher);
        assertTrue(publishers.add(number), () -> number + " is the number of two publishers");
        assertTrue(number < share.publisherNumbers());
      }
      int foreign =
          all(shards).stream()
              .filter(other -> !other.equals(shard))
              .mapToInt(other -> new PhaseShare(whole, other).foreignFanOut())
              .sum();
      if (whole.kind() == PhaseKind.FANOUT) {
        assertEquals(whole.fanOut(), own.fanOut() + foreign, "each member hears each publication");
      }
    }
    assertEquals(whole.ratePerSecond(), rate, 1e-9 * rate);
    assertEquals(whole.subscribers(), subscribers);
    assertEquals(whole.background().slow(), slow);
    assertEquals(whole.background().churnPerSecond(), churn, 1e-9);
    assertEquals(whole.publishingMembers() * whole.rooms(), publishingMembers);
    if (whole.kind() != PhaseKind.ECHO && whole.kind() != PhaseKind.CONNECT) {
      assertEquals(whole.rooms(), rooms.size());
    }
  }

  /** All shards have equally many blocks, and a block begins with the same arrival for all. */
  private static void blocks(Workload whole, int shards, int phase) {
    Phase first = new PhaseShare(whole.phases().get(phase), new Shard(0, shards)).own();
    for (Shard shard : all(shards)) {
      SharedWorkload offered = new SharedWorkload(whole, shard);
      Phase own = offered.own().phases().get(phase);
      assertEquals(first.blocks(), own.blocks());
      if (own.blocks() > 1) {
        assertEquals(first.blockSize(), own.blockSize());
      }
      for (int block = 0; block < own.blocks(); block++) {
        int begin = own.firstOfBlock(block);
        assertTrue(shards == 1 || begin < own.firstOfBlock(block + 1), "an empty block");
        assertEquals(
            SendSchedule.of(whole, phase).offsetNanos(begin * shards),
            SendSchedule.of(offered, phase).blockOffsetNanos(begin));
      }
    }
  }

  private static void seeds(Workload whole, int shards) {
    long seeds =
        all(shards).stream()
            .map(shard -> new SharedWorkload(whole, shard).own().seed())
            .distinct()
            .count();
    assertEquals(shards, seeds);
    assertEquals(whole.seed(), new SharedWorkload(whole, new Shard(0, shards)).own().seed());
  }

  /** All draw from the seed of the workload, and no two send at the same instant. */
  @Test
  void shardsOfOneSeedHaveDifferentPoissonArrivals() {
    Phase phase = new Phase("fanout-9", PhaseKind.FANOUT, 9, 1, 300, 100, false);
    Workload whole = new Workload("any", List.of(phase), ArrivalProcess.POISSON, 64, 1_000, 7);
    Set<Long> instants = new HashSet<>();
    for (Shard shard : all(3)) {
      SendSchedule own = SendSchedule.of(new SharedWorkload(whole, shard), 0);
      for (int n = 0; n < 100; n++) {
        assertTrue(instants.add(own.offsetNanos(n)), "two shards send at once");
      }
    }
    SendSchedule alone = SendSchedule.of(whole, 0);
    assertEquals(
        IntStream.range(0, 300).mapToObj(alone::offsetNanos).collect(Collectors.toSet()), instants);
  }

  @Test
  void oneShardOffersTheWorkloadItself() {
    Workload whole = workload(new Random(1), ArrivalProcess.BURST);
    assertEquals(whole, SharedWorkload.alone(whole).own());
  }

  @Test
  void whatIsTooSmallToBeSharedIsSaid() {
    Phase chat = new Phase("chat", PhaseKind.CHAT, 3, 3, 100, 10, false);
    assertEquals(
        "Phase chat has 3 rooms, which is too few for 4 shards.",
        PhaseShare.lack(chat, 4).orElseThrow());
    assertThrows(IllegalArgumentException.class, () -> new PhaseShare(chat, new Shard(0, 4)));
    Phase few = new Phase("fanout-8", PhaseKind.FANOUT, 8, 1, 3, 10, false);
    assertEquals(
        "Phase fanout-8 has 3 arrivals, which is too few for 4 shards.",
        PhaseShare.lack(few, 4).orElseThrow());
    assertEquals(
        "Phase fanout-8 has 1 rooms of 8, which is too few for 5 shards.",
        PhaseShare.lack(PhaseBuilder.builder(few).count(9).build().publishedBy(2), 5)
            .orElseThrow());
  }

  private static List<Shard> all(int shards) {
    return IntStream.range(0, shards).mapToObj(index -> new Shard(index, shards)).toList();
  }

  private static Workload workload(Random random, ArrivalProcess arrivals) {
    List<Phase> phases = new ArrayList<>();
    for (PhaseKind kind : PhaseKind.values()) {
      phases.add(phase(random, kind, arrivals));
    }
    return new Workload("any", phases, arrivals, 64, 1_000, random.nextLong());
  }

  private static Phase phase(Random random, PhaseKind kind, ArrivalProcess arrivals) {
    boolean manyRooms = random.nextBoolean();
    int rooms = MOST_SHARDS + random.nextInt(40);
    int members = 2 * MOST_SHARDS + random.nextInt(40);
    if (kind == PhaseKind.CONNECT || kind == PhaseKind.IDLE) {
      rooms = 1;
    } else if (kind == PhaseKind.FANOUT) {
      rooms = manyRooms ? rooms : 1 + random.nextInt(3);
      members = manyRooms ? 2 + random.nextInt(90) : members;
    }
    int subscribers =
        switch (kind) {
          case CONNECT, ECHO -> 0;
          case CHAT -> rooms;
          case IDLE, FANOUT -> rooms * members;
        };
    Phase phase =
        new Phase(
                kind.name().toLowerCase(java.util.Locale.ROOT),
                kind,
                subscribers,
                rooms,
                MOST_SHARDS + random.nextInt(600),
                1 + random.nextInt(1_000),
                false)
            .inBlocks(1 + random.nextInt(9))
            .among(new BackgroundLoad(random.nextInt(20), random.nextInt(200), random.nextInt(9)));
    if (kind == PhaseKind.FANOUT && random.nextBoolean()) {
      phase = phase.publishedBy(members);
    }
    return arrivals == ArrivalProcess.BURST ? phase.inBursts(1 + random.nextInt(12)) : phase;
  }
}
