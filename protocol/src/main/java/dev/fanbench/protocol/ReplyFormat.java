package dev.fanbench.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.fanbench.protocol.Action.Broadcast;
import dev.fanbench.protocol.Action.Notation;
import dev.fanbench.protocol.Action.Rpc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every text that a chat sends, byte for byte. The blanks inside differ from reply to reply because
 * the systems they come from wrote them so, and clients compare them.
 */
public final class ReplyFormat {
  /** The answer to {@code /help} and to every command that cannot be followed. */
  public static final String HELP = "Valid commands: /help, /name [NAME], /channel [CHAN_NAME]";

  /** The body of the HTTP answer 403. */
  public static final String FORBIDDEN_BODY = "{\"message\":\"Forbidden\"}";

  private static final String LIST_START = "{\"channelsList\": [";
  private static final String LIST_END = "]}";
  private static final String LIST_SEPARATOR = ", ";
  private static final Pattern INTERNAL_SERVER_ERROR =
      Pattern.compile(Pattern.quote(internalServerError("*", "*")).replace("*", "\\E[^\"]*\\Q"));

  private ReplyFormat() {}

  /** To the sender of {@code /name}. */
  public static String nameSet(String name) {
    return "Set username to " + name;
  }

  /** To the sender of {@code /channel}; {@code room} comes without its hash sign. */
  public static String channelChanged(String room) {
    return "Changed to #" + room;
  }

  /** To the sender of {@code fetchChannels}: the rooms of {@link #listed}, sorted here. */
  public static String channelsList(Collection<String> rooms) {
    return listed(rooms).stream()
        .sorted()
        .map(ReplyFormat::quote)
        .collect(Collectors.joining(LIST_SEPARATOR, LIST_START, LIST_END));
  }

  /**
   * The rooms that one list can hold: at most {@link ChatLimits#ROOMS}, and no more than make a
   * message of {@link ChatLimits#MESSAGE_BYTES}.
   *
   * @param rooms in the order in which they should be kept
   */
  public static List<String> listed(Collection<String> rooms) {
    List<String> listed = new ArrayList<>();
    int bytes = LIST_START.length() + LIST_END.length();
    for (String room : rooms) {
      bytes += quote(room).getBytes(StandardCharsets.UTF_8).length + LIST_SEPARATOR.length();
      if (listed.size() == ChatLimits.ROOMS || bytes > ChatLimits.MESSAGE_BYTES) {
        break;
      }
      listed.add(room);
    }
    return listed;
  }

  /** To every other member of {@code room}; {@code text} is not changed. */
  public static String chatLine(String room, String name, String text) {
    return "#" + room + " " + name + ": " + text;
  }

  /** To the sender of {@code request}. */
  public static String rpc(Rpc request) {
    return "{" + idAndBody(request) + "}";
  }

  /** The fields that a request and its answer share. */
  static String idAndBody(Rpc request) {
    return "\"id\":" + quote(request.id()) + ",\"body\":" + quote(request.body());
  }

  /**
   * To every connection, in the notation that the broadcast came in.
   *
   * @param sender the authenticated user, or the connection id where there is no authentication
   */
  public static String broadcast(Broadcast broadcast, String sender) {
    if (broadcast.notation() == Notation.EDN) {
      return "{:message %s, :sender %s}\n"
          .formatted(EdnBroadcast.quote(broadcast.message()), EdnBroadcast.quote(sender));
    }
    return "{\"message\":" + quote(broadcast.message()) + ",\"sender\":" + quote(sender) + "}";
  }

  /**
   * To every other connection, and to the sender if it asked for an echo.
   *
   * @param receivedAtSeconds when the server took it, in seconds of Unix time
   */
  public static String envelope(Envelope envelope, long receivedAtSeconds) {
    return "{\"type\":%d,\"data\":%s,\"received\":%d}"
        .formatted(envelope.type(), envelope.data(), receivedAtSeconds);
  }

  /** To the sender of a frame that could not be handled; the connection stays open. */
  public static String internalServerError(String connectionId, String requestId) {
    return error("Internal server error", connectionId, requestId);
  }

  /** To the sender of a frame that no route takes; the connection stays open. */
  public static String forbidden(String connectionId, String requestId) {
    return error("Forbidden", connectionId, requestId);
  }

  /** To the sender of a frame over the account's rate; the connection stays open. */
  public static String tooManyRequests(String connectionId, String requestId) {
    return error("Too Many Requests", connectionId, requestId);
  }

  private static String error(String message, String connectionId, String requestId) {
    return "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
        .formatted(message, connectionId, requestId);
  }

  /** Whether {@code text} is the answer to something that could not be handled. */
  public static boolean isInternalServerError(String text) {
    return INTERNAL_SERVER_ERROR.matcher(text).matches();
  }

  /** A string in JSON, quotes included, with nothing escaped that need not be. */
  private static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, out);
    return out.append('"').toString();
  }
}
