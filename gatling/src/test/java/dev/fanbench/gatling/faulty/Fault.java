package dev.fanbench.gatling.faulty;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way in which a target can be wrong. A publication is a chat text or an {@code rpc} request; a
 * delivery is a copy of a chat text for one member, or the answer to a request. Both are counted
 * from 1, beginning when the fault comes into force.
 */
public sealed interface Fault {

  /** What {@link #parse} understands. */
  String SYNTAX =
      "none, stall:PUBLICATION:MILLISms, drop:EVERY, duplicate:EVERY, flood:FRAMES, reorder,"
          + " die:PUBLICATIONS, roomless, http:STATUS, hangup:CODE or silent";

  /** Nothing is wrong. */
  record None() implements Fault {}

  /**
   * The whole target stands still once.
   *
   * @param publication before which publication is handled
   * @param duration for how long
   */
  record Stall(int publication, Duration duration) implements Fault {}

  /**
   * Each room's publications are handled one after the other, each for its own time. One that comes
   * while another is being handled waits.
   *
   * @param times of the publications of each room, in order
   * @param listener told when each publication comes and how long it really took
   */
  record Scripted(List<Duration> times, ScriptListener listener) implements Fault {}

  /**
   * The publisher of one publication is not read from for a time. All others are.
   *
   * @param publication after which publication
   * @param duration for how long
   */
  record NotReading(int publication, Duration duration) implements Fault {}

  /** Every {@code every}-th delivery is not made. */
  record Drop(int every) implements Fault {}

  /** Every {@code every}-th delivery is made twice. */
  record Duplicate(int every) implements Fault {}

  /** Every {@code every}-th delivery is made once more after this time. */
  record LateCopy(int every, Duration after) implements Fault {}

  /**
   * Each delivery is followed by so many frames of one character. To send them costs the target
   * little, and to read them costs a load much.
   */
  record Flood(int frames) implements Fault {}

  /**
   * Once a room has had more publications than this, every second delivery of the whole target is
   * lost. It does not recover.
   */
  record WearOut(int publications) implements Fault {}

  /** Each publication goes to the members of all rooms. */
  record Leak() implements Fault {}

  /** Each member gets its deliveries in swapped pairs; the last of an odd number never comes. */
  record Reorder() implements Fault {}

  /** The target is gone after so many publications, which it still delivers. */
  record Die(int publications) implements Fault {}

  /** It knows no rooms and no commands: every text goes to everyone, the sender included. */
  record Roomless() implements Fault {}

  /** It is a web server, and answers each handshake with this status and its own name. */
  record Http(int status) implements Fault {}

  /** It answers handshakes with 503 while so many connections are open. */
  record Full(int connections) implements Fault {}

  /** It accepts each WebSocket and closes it at once, with this close code. */
  record HangUp(int code) implements Fault {}

  /** It accepts connections and says nothing. */
  record Silent() implements Fault {}

  /**
   * Reads what a command line says.
   *
   * @throws IllegalArgumentException for anything but {@link #SYNTAX}
   */
  static Fault parse(String text) {
    Matcher parts =
        Pattern.compile("(?<name>[a-z]+)(:(?<number>[1-9]\\d{0,8}))?(:(?<millis>\\d{1,6})ms)?")
            .matcher(text);
    if (!parts.matches()) {
      throw unknown(text);
    }
    String number = parts.group("number");
    String millis = parts.group("millis");
    int arguments = (number == null ? 0 : 1) + (millis == null ? 0 : 1);
    return switch (parts.group("name") + arguments) {
      case "none0" -> new None();
      case "reorder0" -> new Reorder();
      case "roomless0" -> new Roomless();
      case "silent0" -> new Silent();
      case "drop1" -> new Drop(Integer.parseInt(number));
      case "duplicate1" -> new Duplicate(Integer.parseInt(number));
      case "flood1" -> new Flood(Integer.parseInt(number));
      case "die1" -> new Die(Integer.parseInt(number));
      case "hangup1" -> new HangUp(Integer.parseInt(number));
      case "http1" -> new Http(Integer.parseInt(number));
      case "stall2" ->
          new Stall(Integer.parseInt(number), Duration.ofMillis(Integer.parseInt(millis)));
      default -> throw unknown(text);
    };
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException("fault '" + text + "' is not known, must be " + SYNTAX);
  }
}
