package dev.fanbench.gatling.dialect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The protocol of a server. A publication is a frame or an HTTP request that holds the stamp. Each
 * stamp in a frame of the server is a delivery, byte for byte. Immutable.
 *
 * @param name the file's name without its ending
 * @param about one sentence for lists
 * @param checked the software that it was checked with
 * @param connect the opening handshake
 * @param open frames between the handshake and the first join, in order
 * @param join the way into a room
 * @param publish the way of a publication to the server
 * @param request a frame whose stamp comes back to its sender; empty where there is none
 * @param keepAlive frames that keep a connection open
 * @param leave sent before a connection is closed
 * @param refusals frames by which the server declines something
 * @param timeout the time for all frames of {@code open}, and for a join
 */
public record Dialect(
    String name,
    String about,
    String checked,
    ConnectRule connect,
    List<OpenStep> open,
    JoinRule join,
    PublishRule publish,
    Optional<FrameSource> request,
    KeepAlive keepAlive,
    Optional<FrameSource> leave,
    List<RefusalRule> refusals,
    Duration timeout) {

  /** The default of {@code timeout}. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** The default of {@code checked}. */
  public static final String NOT_CHECKED = "nothing yet";

  public Dialect {
    open = List.copyOf(open);
    refusals = List.copyOf(refusals);
  }

  /** The protocol of fanbench's own targets, as it ships. */
  public static Dialect fanbench() {
    return DialectFolder.shipped("fanbench");
  }

  /** A server that sends each text to all of its clients, as it ships. */
  public static Dialect plain() {
    return DialectFolder.shipped("plain");
  }

  /** Whether {@link #request} can be asked. */
  public boolean answersRequests() {
    return request.isPresent();
  }

  /** Whether there can be more than one room at a time. */
  public boolean hasRooms() {
    return Stream.of(
            join.send().stream().map(FrameSource::namesRoom),
            Stream.of(connect.resource().namesRoom()),
            Stream.of(publish.source().namesRoom()))
        .flatMap(named -> named)
        .anyMatch(named -> named);
  }

  /** Whether a client can be in several rooms at a time. */
  public boolean joinsSeveralRooms() {
    return join.several() && !connect.resource().namesRoom();
  }

  /** A copy with another timeout. */
  public Dialect withTimeout(Duration other) {
    return new Dialect(
        name, about, checked, connect, open, join, publish, request, keepAlive, leave, refusals,
        other);
  }
}
