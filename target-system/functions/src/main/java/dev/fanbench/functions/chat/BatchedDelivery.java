package dev.fanbench.functions.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Delivers one frame to a room that is too large for one invocation. Each full batch of members
 * goes to another invocation as soon as one more member arrives. This invocation posts the last
 * batch itself. So the connection limit of one HTTP client does not cap a room, and a small room
 * costs no extra invocation.
 *
 * <p>Thread-safe.
 */
public final class BatchedDelivery implements Delivery {
  private final Relay relay;
  private final byte[] frame;
  private final int batch;
  private final Delivery rest;

  // Both are guarded by this object's monitor.
  private List<Member> pending = new ArrayList<>();
  private CompletableFuture<PostOutcome> relayed =
      CompletableFuture.completedFuture(new PostOutcome(0, List.of(), 0, 0));

  /**
   * @param frame UTF-8 text; not copied, so never changed
   * @param batch number of members that another invocation receives
   * @param rest delivers to the members of the last batch
   */
  public BatchedDelivery(Relay relay, byte[] frame, int batch, Delivery rest) {
    this.relay = relay;
    this.frame = frame;
    this.batch = batch;
    this.rest = rest;
  }

  @Override
  public synchronized void accept(Member member) {
    if (pending.size() == batch) {
      relayed = relayed.thenCombine(relay.post(frame, pending), PostOutcome::and);
      pending = new ArrayList<>();
    }
    pending.add(member);
  }

  @Override
  public synchronized CompletableFuture<PostOutcome> finish() {
    pending.forEach(rest);
    return relayed.thenCombine(rest.finish(), PostOutcome::and);
  }
}
