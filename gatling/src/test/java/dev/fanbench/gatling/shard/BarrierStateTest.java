package dev.fanbench.gatling.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BarrierStateTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final long DRAIN = 5 * SECOND;
  private static final long LATE = BarrierState.LATE_NANOS + DRAIN;

  private final AtomicLong now = new AtomicLong();
  private final BarrierState state =
      new BarrierState(3, "offer", "r1", now::get, 60 * SECOND, DRAIN);
  private final List<List<Message>> heard =
      List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

  @Test
  void allAreWelcomedWhenTheLastHasCome() {
    come(0);
    come(2);
    assertEquals(List.of(), heard.get(0));
    come(1);
    heard.forEach(each -> assertEquals(List.of(new Message.Welcome("r1")), each));
  }

  @Test
  void allGoOnTogetherAndHearTheSum() {
    meet();
    state.here(1, new Message.Here("block 0", 5));
    state.here(0, new Message.Here("block 0", 7));
    assertEquals(List.of(), heard.get(0));
    now.set(SECOND);
    state.here(2, new Message.Here("block 0", 1));
    Message go = new Message.Go("block 0", SECOND + BarrierState.LEAD_NANOS, 13);
    heard.forEach(each -> assertEquals(List.of(go), each));
  }

  @Test
  void aShardThatDiesEndsTheRunOfAll() {
    meet();
    state.gone(1, "its connection was closed");
    Message end = new Message.End("shard 1 of 3 died: its connection was closed");
    assertEquals(List.of(end), heard.get(0));
    assertEquals(List.of(end), heard.get(2));
    assertEquals(List.of(), heard.get(1));
    state.gone(2, "its connection was closed");
    assertEquals(List.of(end), heard.get(0), "the first reason is kept");
  }

  @Test
  void aShardThatEndsEndsTheRunOfAll() {
    meet();
    state.endedBy(2, "interrupted before its end");
    assertEquals(
        List.of(new Message.End("shard 2 of 3: interrupted before its end")), heard.get(0));
  }

  @Test
  void shardsThatDoNotComeEndTheRunOfAll() {
    come(0);
    now.set(60 * SECOND);
    state.tick();
    assertEquals(List.of(new Message.Alive(0)), heard.get(0));
    now.set(61 * SECOND);
    state.tick();
    assertEquals(new Message.End("shard 1 of 3 and 1 more did not come"), heard.get(0).get(1));
  }

  @Test
  void aShardIsLateWhenItStandsStillWhileOthersWait() {
    meet();
    state.here(0, new Message.Here("the joins of chat", 0));
    state.here(1, new Message.Here("the joins of chat", 0));
    now.set(LATE);
    state.alive(2, 17);
    now.set(LATE + SECOND);
    state.tick();
    assertEquals(List.of(new Message.Alive(0)), heard.get(0), "its joins go on");
    state.alive(2, 17);
    now.set(2 * LATE + SECOND);
    state.tick();
    assertEquals(new Message.End("shard 2 of 3 is late at the joins of chat"), heard.get(0).get(1));
  }

  @Test
  void afterTheEndShardsMayLeave() {
    meet();
    state.done(new Message.Done(0, ""));
    state.gone(0, "its connection was closed");
    assertEquals(List.of(new Message.Done(0, "")), heard.get(1));
  }

  @Test
  void aShardAtAnotherBarrierEndsTheRunOfAll() {
    meet();
    state.here(0, new Message.Here("block 0", 0));
    state.here(1, new Message.Here("block 1", 0));
    assertEquals(
        List.of(new Message.End("shard 1 of 3 is at block 1 and others are at block 0")),
        heard.get(2));
  }

  @Test
  void aShardThatDoesNotBelongIsRefusedAndEndsTheRunOfAll() {
    come(0);
    refused(new Message.Hello("", 0, 3, "offer"), "there is one already");
    refused(new Message.Hello("", 3, 3, "offer"), "there is no such shard");
    refused(new Message.Hello("", 1, 4, "offer"), "it is one of 4 shards and shard 0 one of 3");
    refused(
        new Message.Hello("", 1, 3, "another"),
        "its workload, targets or version of fanbench are not those of shard 0");
    assertEquals(
        List.of(new Message.End("shard 0 of 3 was refused: there is one already")), heard.get(0));
  }

  @Test
  void aShardThatComesAfterTheEndIsRefused() {
    come(0);
    state.endedBy(0, "interrupted before its end");
    refused(new Message.Hello("", 1, 3, "offer"), "the run of all is over");
    assertEquals(
        List.of(new Message.End("shard 0 of 3: interrupted before its end")), heard.get(0));
    assertEquals(Set.of(0), state.connected());
  }

  @Test
  void aShardThatComesAfterTheVerdictIsRefused() {
    come(0);
    state.done(new Message.Done(1, "no target could be started"));
    refused(new Message.Hello("", 2, 3, "offer"), "the run of all is over");
  }

  @Test
  void aWrongTokenEndsARunThatHasNotBegunOnly() {
    come(0);
    state.stranger("10.0.0.9");
    assertEquals(
        List.of(new Message.End("a process at 10.0.0.9 gave a wrong token")), heard.get(0));
    BarrierState met = new BarrierState(1, "offer", "r1", now::get, SECOND, DRAIN);
    List<Message> only = new ArrayList<>();
    assertTrue(met.hello(new Message.Hello("", 0, 1, "offer"), only::add));
    met.stranger("10.0.0.9");
    assertEquals(List.of(new Message.Welcome("r1")), only);
  }

  private void refused(Message.Hello hello, String why) {
    List<Message> told = new ArrayList<>();
    assertFalse(state.hello(hello, told::add));
    assertEquals(List.of(new Message.Refused(why)), told);
  }

  private void meet() {
    come(0);
    come(1);
    come(2);
    heard.forEach(List::clear);
  }

  private void come(int shard) {
    assertTrue(state.hello(new Message.Hello("", shard, 3, "offer"), heard.get(shard)::add));
  }
}
