package dev.fanbench.emulator.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RequestGuardTest {
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger answers = new AtomicInteger();
  private final RequestGuard guard = new RequestGuard("a test", answers::incrementAndGet);

  @AfterEach
  void stop() {
    loop.shutdownNow();
  }

  @Test
  void stepThatSucceedsHasNoAnswer() {
    AtomicInteger steps = new AtomicInteger();
    guard.run(steps::incrementAndGet);
    assertEquals(1, steps.get());
    assertEquals(0, answers.get());
  }

  @Test
  void errorsAreAnsweredToo() {
    guard.run(
        () -> {
          throw new StackOverflowError();
        });
    assertEquals(1, answers.get());
  }

  @Test
  void requestIsAnsweredOnceHoweverManyStepsFail() {
    guard.run(RequestGuardTest::fail);
    guard.run(RequestGuardTest::fail);
    assertEquals(1, answers.get());
  }

  @Test
  void answerThatFailsHarmsNothing() {
    RequestGuard broken = new RequestGuard("a test", RequestGuardTest::fail);
    broken.run(RequestGuardTest::fail);
    broken.run(RequestGuardTest::fail);
  }

  @Test
  void stepsOfALoopAndOfTimersAreGuarded() throws Exception {
    guard.execute(loop, RequestGuardTest::fail);
    settle();
    assertEquals(1, answers.get());
    RequestGuard second = new RequestGuard("a test", answers::incrementAndGet);
    second.schedule(loop, 1, RequestGuardTest::fail).get();
    assertEquals(2, answers.get());
    RequestGuard third = new RequestGuard("a test", answers::incrementAndGet);
    third.take(new Latency(LatencyModel.none(), 1), Hop.PUSH, loop, RequestGuardTest::fail);
    assertEquals(3, answers.get());
  }

  @Test
  void delayedStepIsGuarded() throws Exception {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    RequestGuard delayed = new RequestGuard("a test", () -> answered.complete(null));
    var unused = loop.submit(delayed.guarded(RequestGuardTest::fail));
    answered.get(5, TimeUnit.SECONDS);
  }

  @Test
  void futuresAreGuardedWhetherTheyFailOrNot() throws Exception {
    guard.whenComplete(CompletableFuture.completedFuture("x"), loop, (result, failure) -> fail());
    settle();
    assertEquals(1, answers.get());
    RequestGuard second = new RequestGuard("a test", answers::incrementAndGet);
    second.whenComplete(
        CompletableFuture.failedFuture(new IllegalStateException("it failed")),
        loop,
        (result, failure) -> fail());
    settle();
    assertEquals(2, answers.get());
  }

  /** Waits for the tasks that the loop has now. */
  private void settle() throws Exception {
    ExecutorService same = loop;
    same.submit(() -> {}).get(5, TimeUnit.SECONDS);
  }

  private static void fail() {
    throw new IllegalStateException("on purpose");
  }
}
