package dev.fanbench.measurement.record;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The node of a target that each member and each publisher of a phase is connected to. A client
 * that reconnects may be on another one. Thread-safe.
 */
public final class NodeMap {
  private final AtomicIntegerArray members;
  private final AtomicIntegerArray publishers;

  /** All are at node 0 until they are placed. */
  public NodeMap(int members, int publishers) {
    this.members = new AtomicIntegerArray(members);
    this.publishers = new AtomicIntegerArray(publishers);
  }

  /** A member is connected to this node from now on. */
  public void placeMember(int member, int node) {
    members.set(member, node);
  }

  /** A publisher is connected to this node from now on. */
  public void placePublisher(int publisher, int node) {
    publishers.set(publisher, node);
  }

  /** Whether a publication has to go from one node to another to reach the member. */
  boolean crosses(int member, int publisher) {
    return members.getPlain(member) != publishers.getPlain(publisher);
  }
}
