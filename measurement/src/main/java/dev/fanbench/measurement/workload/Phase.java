package dev.fanbench.measurement.workload;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;

/**
 * One open stream of arrivals to a fresh set of rooms.
 *
 * @param name unique within a workload, letters, digits and dashes (it tags histograms): {@code
 *     fanout-1000}
 * @param kind what one arrival is
 * @param subscribers clients that subscribe, in all rooms, silent in {@link PhaseKind#IDLE}; 0 for
 *     {@link PhaseKind#CONNECT} and {@link PhaseKind#ECHO}, 1 for {@link PhaseKind#CHAT}
 * @param rooms rooms the subscribers are spread over evenly; at least 1
 * @param count arrivals offered
 * @param ratePerSecond arrivals per second offered
 * @param warmUp true when the phase only warms the target and the load, and is never reported
 * @param background members of the rooms who are not measured
 * @param outage what ends all connections in the middle of the phase
 * @param blocks how many parts of equal size it is offered in, so that targets can take turns
 * @param publishingMembers members of each room that publish in turn; 0 when each room has one
 *     publisher that is no subscriber
 * @param burst arrivals that share one intended time; 1 when each has its own
 * @param payloadBytes bytes of its texts; 0 for those of its workload, see {@link
 *     Workload#payloadBytes(Phase)}
 * @param roomsPerClient rooms of which each subscriber is a member; at least 1
 */
@RecordBuilder
public record Phase(
    String name,
    PhaseKind kind,
    int subscribers,
    int rooms,
    int count,
    double ratePerSecond,
    boolean warmUp,
    @JsonProperty("bystanders") BackgroundLoad background,
    Outage outage,
    int blocks,
    int publishingMembers,
    int burst,
    int payloadBytes,
    int roomsPerClient) {

  public Phase {
    // Directories older than background load, outages, blocks, bursts and clients in several rooms
    // have none of them.
    blocks = Math.max(1, blocks);
    burst = Math.max(1, burst);
    roomsPerClient = Math.max(1, roomsPerClient);
    background = background == null ? BackgroundLoad.NONE : background;
    outage = outage == null ? Outage.NONE : outage;
    Objects.requireNonNull(kind, "kind");
    if (!name.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException("phase name " + name + ": letters, digits, dashes only");
    }
    require(subscribers >= 0, name, "subscribers", subscribers, "0 or more");
    require(rooms >= 1, name, "rooms", rooms, "1 or more");
    require(payloadBytes >= 0, name, "payloadBytes", payloadBytes, "0 or more");
    require(count >= 1, name, "count", count, "1 or more");
    require(
        ratePerSecond > 0 && Double.isFinite(ratePerSecond), name, "rate", ratePerSecond, "over 0");
    require(roomsPerClient <= rooms, name, "roomsPerClient", roomsPerClient, "1 to its rooms");
    int members = subscribers * roomsPerClient / rooms;
    require(
        publishingMembers == 0
            || (publishingMembers > 0 && publishingMembers <= members && members > 1),
        name,
        "publishingMembers",
        publishingMembers,
        "0 to the members of a room, which has 2 or more");
  }

  /** A phase among members who are all measured, on a target that stays. */
  public Phase(
      String name,
      PhaseKind kind,
      int subscribers,
      int rooms,
      int count,
      double ratePerSecond,
      boolean warmUp) {
    this(
        name,
        kind,
        subscribers,
        rooms,
        count,
        ratePerSecond,
        warmUp,
        BackgroundLoad.NONE,
        Outage.NONE,
        1,
        0,
        1,
        0,
        1);
  }

  /** The same phase among these. */
  public Phase among(BackgroundLoad others) {
    return PhaseBuilder.builder(this).background(others).build();
  }

  /** The same phase with this in the middle. */
  public Phase with(Outage other) {
    return PhaseBuilder.builder(this).outage(other).build();
  }

  /** The same phase by another name. */
  public Phase named(String other) {
    return PhaseBuilder.builder(this).name(other).build();
  }

  /** The same phase in this number of blocks. */
  public Phase inBlocks(int number) {
    return PhaseBuilder.builder(this).blocks(number).build();
  }

  /** The same phase, in which this number of each room's members publish in turn. */
  public Phase publishedBy(int members) {
    return PhaseBuilder.builder(this).publishingMembers(members).build();
  }

  /** The same phase, in which this number of arrivals share each intended time. */
  public Phase inBursts(int size) {
    return PhaseBuilder.builder(this).burst(size).build();
  }

  /** The same phase, in which each subscriber is a member of this number of rooms. */
  public Phase withRoomsPerClient(int number) {
    return PhaseBuilder.builder(this).roomsPerClient(number).build();
  }

  /** The same phase with texts of this size, which its name carries. */
  public Phase ofBytes(int size) {
    return PhaseBuilder.builder(this).payloadBytes(size).name(name + "-bytes-" + size).build();
  }

  /** The phase that this number of load processes offer together, each in rooms of its own. */
  public Phase times(int processes) {
    boolean alone = kind == PhaseKind.CONNECT;
    return PhaseBuilder.builder(this)
        .subscribers(subscribers * processes)
        .rooms(alone ? rooms : rooms * processes)
        .count(count * processes)
        .ratePerSecond(ratePerSecond * processes)
        .background(background.times(processes))
        .build();
  }

  /** Arrivals of each block, in whole bursts; the last one may have fewer. */
  public int blockSize() {
    return (bursts() + blocks - 1) / blocks * burst;
  }

  /** Instants at which arrivals are due; the last one may have fewer of them. */
  public int bursts() {
    return (count + burst - 1) / burst;
  }

  /** The first arrival of a block; the phase's count for the block behind the last. */
  public int firstOfBlock(int block) {
    return (int) Math.min(count, (long) block * blockSize());
  }

  /** Places of subscribers in rooms: of each subscriber as many as it has rooms. */
  public int memberships() {
    return subscribers * roomsPerClient;
  }

  /** Subscribers of a room, when every room holds the same number. */
  public int membersOfRoom() {
    return memberships() / rooms;
  }

  /**
   * Deliveries one publication should cause, when every room holds the same number; 0 where nothing
   * is published to a room. A member that publishes need not receive its own.
   */
  public int fanOut() {
    return kind == PhaseKind.IDLE ? 0 : membersOfRoom() - (publishingMembers > 0 ? 1 : 0);
  }

  /** Clients that publish, in all rooms. */
  public int publishers() {
    return rooms * Math.max(1, publishingMembers);
  }

  /** Whether nothing happens in it but its own arrivals, so that it shows what they cost alone. */
  public boolean undisturbed() {
    return !background.any() && !outage.any();
  }

  /** Seconds from the first intended time to the end of the last arrival's slot. */
  public double seconds() {
    return count / ratePerSecond;
  }

  private static void require(boolean ok, String phase, String key, Object value, String allowed) {
    if (!ok) {
      throw new IllegalArgumentException(
          "phase " + phase + ": " + key + "=" + value + " is not allowed, must be " + allowed);
    }
  }
}
