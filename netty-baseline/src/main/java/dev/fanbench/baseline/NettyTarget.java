package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.ServerTransport;
import dev.fanbench.baseline.broadcast.SlowPolicy;
import dev.fanbench.baseline.chat.RoomLimits;
import dev.fanbench.baseline.nodes.RedisAddress;
import dev.fanbench.baseline.requests.DelayedEcho;
import dev.fanbench.baseline.requests.RequestConcurrency;
import dev.fanbench.protocol.rpc.RequestHandler;
import dev.fanbench.protocol.rpc.RpcOptions;
import dev.fanbench.target.TargetCommand;
import dev.fanbench.tokens.TokenExpiry;
import dev.fanbench.tokens.TokenKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Runs the in-memory chat in this process until it is told to stop. */
@Command(
    name = "netty",
    mixinStandardHelpOptions = true,
    description = "The in-memory chat server. Prints one READY line when it listens.",
    sortOptions = false)
public final class NettyTarget extends TargetCommand {
  private static final ServerOptions DEFAULTS = ServerOptions.defaults();
  private static final int MOST_REQUEST_MILLIS = 10_000;

  @Option(
      names = "--loops",
      description = "Event loops (default: half of the processors, at least 1).")
  private int loops = DEFAULTS.loops();

  @Option(
      names = "--transport",
      description =
          "How the kernel is asked: auto, epoll, io_uring, nio (default: auto, the first of epoll"
              + " and nio that the system has).")
  private String transport = ServerTransport.AUTO;

  @Option(
      names = "--broadcast",
      description = "How publications are delivered: ${COMPLETION-CANDIDATES}.")
  private BroadcastKind broadcast = DEFAULTS.broadcast();

  @Option(
      names = "--profile",
      description = "The meaning of frames: ${COMPLETION-CANDIDATES} (default: common).")
  private FrameProfile profile = DEFAULTS.rules().profile();

  @Option(
      names = "--limits",
      description =
          "aws ends connections where API Gateway does: ${COMPLETION-CANDIDATES} (default: none).")
  private ConnectionLimits limits = DEFAULTS.rules().limits();

  @Option(
      names = "--ping-seconds",
      description =
          "A client that sends nothing for this long is pinged, and ended at two pings without an"
              + " answer; 0 for no pings (default: 30; none with --limits aws, as API Gateway).")
  private int pingSeconds = (int) DEFAULTS.rules().pingInterval().toSeconds();

  @Option(
      names = "--requests",
      description =
          "How many binary requests are handled at one time: ${COMPLETION-CANDIDATES} (default: concurrent).")
  private RequestConcurrency requests = RequestConcurrency.CONCURRENT;

  @Option(
      names = "--request-millis",
      description = "The milliseconds before a binary request is answered (default: 0).")
  private int requestMillis;

  @Option(
      names = "--slow",
      description =
          "The treatment of copies for a slow subscriber: "
              + SlowPolicy.NAMES
              + " (default: drop).")
  private String slow = "drop";

  @Option(
      names = "--slow-buffer-bytes",
      description = "The bytes that --slow buffer keeps for one subscriber (default: 1048576).")
  private int slowBufferBytes = 1024 * 1024;

  @Option(
      names = "--max-pending-bytes",
      description =
          "The bytes that may wait for one subscriber before it is slow. It is not read from until"
              + " it has read its answers (default: 1048576).")
  private int maxPendingBytes = DEFAULTS.slow().maxPendingBytes();

  @Option(
      names = "--send-buffer-bytes",
      description =
          "The bytes that the kernel may hold for one subscriber, 0 for its choice (default: 0).")
  private int sendBufferBytes = DEFAULTS.slow().sendBufferBytes();

  @Option(
      names = "--unsent-bytes",
      description =
          "The unsent bytes that the kernel may hold for one subscriber, 0 for its choice;"
              + " with epoll and io_uring (default: 131072).")
  private int unsentBytes = DEFAULTS.slow().unsentBytes();

  @Option(
      names = "--loop-queue-bytes",
      description =
          "Publications that may wait for one event loop; beyond, publishers on other loops are not"
              + " read from (default: 4194304).")
  private int loopQueueBytes = DEFAULTS.slow().loopQueueBytes();

  @Option(
      names = "--rooms",
      description =
          "Rooms without members that are remembered, the last ones left (default: 1000).")
  private int rooms = DEFAULTS.rooms().emptyRooms();

  @Option(
      names = "--room-history-bytes",
      description =
          "History of one room beside its limit of 1,000 utterances; each counts two bytes a"
              + " character and 128 (default: 1048576).")
  private int roomHistoryBytes = DEFAULTS.rooms().roomHistoryBytes();

  @Option(
      names = "--history-bytes",
      description = "History of all rooms together (default: 67108864).")
  private long historyBytes = DEFAULTS.rooms().historyBytes();

  @Option(
      names = "--redis",
      paramLabel = "redis://HOST:PORT",
      description =
          "The Redis or Valkey that makes this server a node of a chat on several nodes; rediss://"
              + " for TLS, the password in "
              + RedisAddress.PASSWORD_VARIABLE
              + " (default: none, a server of its own).")
  private String redis;

  @Option(
      names = "--auth",
      description =
          "none, or jwt: who connects must show a token signed with the secret in "
              + TokenKey.VARIABLE
              + " (default: none).")
  private String auth = "none";

  @Option(
      names = "--token-expiry",
      description =
          "required, or optional: takes tokens that do not say when they expire (default: required).")
  private String tokenExpiry;

  @Option(
      names = "--origins",
      split = ",",
      description =
          "Origins of pages that may connect, such as https://chat.example (default: all).")
  private Set<String> origins = Set.of();

  @Option(
      names = "--deflate",
      description = "Whether clients may agree to permessage-deflate: on, off (default: off).")
  private String deflate = "off";

  private NettyTarget() {}

  /** Runs the command; its exit codes are those of {@link TargetCommand}. */
  public static void main(String[] args) {
    System.exit(
        run(
            new CommandLine(new NettyTarget())
                .registerConverter(BroadcastKind.class, byName(BroadcastKind.class))
                .registerConverter(FrameProfile.class, byName(FrameProfile.class))
                .registerConverter(ConnectionLimits.class, byName(ConnectionLimits.class))
                .registerConverter(RequestConcurrency.class, byName(RequestConcurrency.class)),
            args));
  }

  @Override
  protected NettyServer start() throws IOException {
    return NettyServer.start(options());
  }

  private ServerOptions options() {
    return new ServerOptions(
        host(),
        port(),
        stage().orElse(DEFAULTS.stage()),
        loops,
        ServerTransport.named(transport),
        broadcast,
        new SlowRules(
            SlowPolicy.named(slow, slowBufferBytes),
            maxPendingBytes,
            sendBufferBytes,
            unsentBytes,
            loopQueueBytes),
        new RoomLimits(rooms, roomHistoryBytes, historyBytes),
        Optional.ofNullable(redis).map(RedisAddress::parse),
        DEFAULTS.drainMillis(),
        DEFAULTS
            .rules()
            .withProfile(profile)
            .withLimits(limits)
            .withPingInterval(Duration.ofSeconds(pingSeconds))
            .withOrigins(origins)
            .withDeflate(deflates())
            .withRpc(rpc())
            .withTokens(tokens()));
  }

  private Optional<TokenKey> tokens() {
    TokenExpiry expiry = TokenExpiry.named(tokenExpiry);
    return TokenKey.chosen(auth, System::getenv).map(key -> key.withExpiry(expiry));
  }

  private boolean deflates() {
    ServerOptions.check(deflate.matches("on|off"), "deflate", deflate, "on, off");
    return deflate.equals("on");
  }

  private RpcOptions rpc() {
    if (requestMillis < 0 || requestMillis > MOST_REQUEST_MILLIS) {
      throw new IllegalArgumentException(
          "--request-millis=%d is not allowed; --request-millis takes 0 to %d"
              .formatted(requestMillis, MOST_REQUEST_MILLIS));
    }
    RpcOptions rpc = DEFAULTS.rules().rpc();
    RequestHandler handler =
        requestMillis == 0
            ? rpc.requests()
            : new DelayedEcho(Duration.ofMillis(requestMillis), rpc.timer());
    return rpc.withRequests(requests.handledBy(handler));
  }

  /** Reads the names that users see, not those of the constants. */
  private static <E extends Enum<E>> ITypeConverter<E> byName(Class<E> type) {
    List<E> values = List.of(type.getEnumConstants());
    String names = values.stream().map(E::toString).collect(Collectors.joining(", "));
    return name ->
        values.stream()
            .filter(value -> value.toString().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new TypeConversionException("'%s' is none of %s".formatted(name, names)));
  }
}
