package dev.fanbench.functions.chat;

import dev.fanbench.functions.chat.FramePoster.Result;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers one frame to many members, with a bounded number of posts in flight. It takes members
 * while the registry is still being read, so the first delivery does not wait for the last page.
 * Each completed post starts the next one on its own thread, so no thread waits.
 *
 * <pre>{@code
 * FanOut fanOut = new FanOut(posts, frame, postPolicy);
 * registry.members("general", fanOut)
 *     .thenCompose(read -> fanOut.finish())
 *     .thenAccept(outcome -> registry.forget(outcome.gone()));
 * }</pre>
 *
 * <p>Thread-safe. A member that cannot be reached does not stop the delivery to others, except with
 * {@link PostPolicy.AtGone#BREAK_OFF}.
 */
public final class FanOut implements Delivery {

  private final FramePoster posts;
  private final byte[] frame;
  private final PostPolicy postPolicy;

  private final Queue<Member> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger pumps = new AtomicInteger();

  /** Members without an answer, plus one until {@link #finish()} is called. */
  private final AtomicInteger open = new AtomicInteger(1);

  private final AtomicInteger delivered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger leftOut = new AtomicInteger();
  private final Queue<Member> gone = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<PostOutcome> outcome = new CompletableFuture<>();

  /**
   * @param posts sends a frame to one member
   * @param frame UTF-8 text; not copied, so never changed
   * @param postPolicy the most posts in flight, and whether a gone member ends the delivery
   */
  public FanOut(FramePoster posts, byte[] frame, PostPolicy postPolicy) {
    this.posts = posts;
    this.frame = frame;
    this.postPolicy = postPolicy;
  }

  @Override
  public void accept(Member member) {
    open.incrementAndGet();
    waiting.add(member);
    pump();
  }

  @Override
  public CompletableFuture<PostOutcome> finish() {
    close();
    return outcome;
  }

  /**
   * Starts posts while there is room for them. Posts may complete before {@code post} returns;
   * {@code pumps} turns that recursion into another turn of the loop.
   */
  private void pump() {
    if (pumps.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      while (inFlight.get() < postPolicy.inFlight()) {
        Member next = waiting.poll();
        if (next == null) {
          break;
        }
        start(next);
      }
      seen = pumps.addAndGet(-seen);
    } while (seen > 0);
  }

  private void start(Member member) {
    if (postPolicy.breaksOffAt(gone)) {
      leftOut.incrementAndGet();
      close();
      return;
    }
    inFlight.incrementAndGet();
    var unused =
        posts
            .post(member.connectionId(), frame)
            .whenComplete((result, failure) -> answered(member, result));
  }

  private void answered(Member member, Result result) {
    if (result == Result.DELIVERED) {
      delivered.incrementAndGet();
    } else if (result == Result.GONE) {
      gone.add(member);
    } else {
      failed.incrementAndGet();
    }
    inFlight.decrementAndGet();
    close();
    pump();
  }

  private void close() {
    if (open.decrementAndGet() == 0) {
      outcome.complete(
          new PostOutcome(delivered.get(), new ArrayList<>(gone), failed.get(), leftOut.get()));
    }
  }
}
