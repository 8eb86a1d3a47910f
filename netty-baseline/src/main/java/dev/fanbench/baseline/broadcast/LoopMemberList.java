package dev.fanbench.baseline.broadcast;

import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;

/**
 * The members of one room on one event loop, without gaps in an array. Only that loop changes it;
 * its size may be read from anywhere, to spare loops without members the task.
 */
final class LoopMemberList {
  private final EventLoop loop;
  private final LoopQueue queue;
  private final SlowPolicy slow;
  private final DeliveryCounter counters;
  private final boolean joins;
  private Place[] places = new Place[8];
  private volatile int size;
  private volatile int deflating;

  /**
   * @param queue of the loop, for publications to all rooms
   * @param joins whether publications wait for others that the loop reads in the same turn
   */
  LoopMemberList(
      EventLoop loop, LoopQueue queue, SlowPolicy slow, DeliveryCounter counters, boolean joins) {
    this.loop = loop;
    this.queue = queue;
    this.slow = slow;
    this.counters = counters;
    this.joins = joins;
  }

  boolean isOwnLoop() {
    return loop.inEventLoop();
  }

  int size() {
    return size;
  }

  /** The number of members that get deflated frames. */
  int deflating() {
    return deflating;
  }

  RoomMembership add(Subscriber subscriber) {
    Outbox.ofThisLoop().flush();
    int last = size;
    if (last == places.length) {
      places = Arrays.copyOf(places, last * 2);
    }
    Place place = new Place(subscriber, last);
    places[last] = place;
    countDeflating(subscriber, 1);
    size = last + 1;
    return place;
  }

  /**
   * Accepts on the loop, in the order of the calls and of the publications. Takes over the caller's
   * references.
   */
  void acceptLater(OutgoingPublication[] publications, Subscriber except) {
    for (OutgoingPublication frames : publications) {
      queue.add(frames);
    }
    try {
      loop.execute(
          () -> {
            try {
              for (OutgoingPublication frames : publications) {
                accept(frames, except);
              }
            } finally {
              forget(publications);
            }
          });
    } catch (RejectedExecutionException stopped) {
      forget(publications);
    }
  }

  private void forget(OutgoingPublication... publications) {
    for (OutgoingPublication frames : publications) {
      queue.remove(frames);
      frames.release();
    }
  }

  /** Takes a publication for delivery. On the loop; the reference stays the caller's. */
  void accept(OutgoingPublication frames, Subscriber except) {
    Outbox outbox = Outbox.ofThisLoop();
    // Who is not on this loop is no member here, and its thread is not this one.
    Subscriber here = except != null && except.loop() == loop ? except : null;
    outbox.add(loop, this, frames, here);
    if (!joins) {
      outbox.flush();
    }
  }

  /**
   * Writes to every member, from the last to the first. A failing write may make its own member
   * leave; the member that fills the gap has then been served already.
   */
  void deliver(JoinedPublication publications) {
    int sent = 0;
    int writes = 0;
    for (int i = size - 1; i >= 0; i--) {
      Subscriber subscriber = places[i].subscriber;
      int copies = publications.copiesFor(subscriber);
      if (copies == 0 || !subscriber.isOpen()) {
        continue;
      }
      if (subscriber.isKeepingUp()) {
        writes += publications.writeTo(subscriber);
        sent += copies;
      } else {
        subscriber.fallBehind(slow, publications, counters);
      }
    }
    counters.countSent(sent, writes);
  }

  private void countDeflating(Subscriber subscriber, int more) {
    if (subscriber.deflates()) {
      int before = deflating;
      deflating = before + more;
    }
  }

  /** A subscriber, and where it stands in the array. */
  private final class Place implements RoomMembership {
    private static final int LEFT = -1;

    private final Subscriber subscriber;
    private int index;

    Place(Subscriber subscriber, int index) {
      this.subscriber = subscriber;
      this.index = index;
    }

    @Override
    public void leave() {
      if (index == LEFT) {
        return;
      }
      Outbox.ofThisLoop().flush();
      int last = size - 1;
      Place moved = places[last];
      places[index] = moved;
      moved.index = index;
      places[last] = null;
      index = LEFT;
      countDeflating(subscriber, -1);
      size = last;
    }
  }
}
