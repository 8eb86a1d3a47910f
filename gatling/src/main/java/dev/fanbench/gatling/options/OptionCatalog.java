package dev.fanbench.gatling.options;

import static dev.fanbench.gatling.options.OptionGroup.ACCESS;
import static dev.fanbench.gatling.options.OptionGroup.BUILD;
import static dev.fanbench.gatling.options.OptionGroup.CHAT;
import static dev.fanbench.gatling.options.OptionGroup.IN_MEMORY;
import static dev.fanbench.gatling.options.OptionGroup.LOAD;
import static dev.fanbench.gatling.options.OptionGroup.RESULTS;
import static dev.fanbench.gatling.options.OptionGroup.SERVICES;
import static dev.fanbench.gatling.options.OptionGroup.TARGETS;

import dev.fanbench.gatling.fleet.SourceSet;
import dev.fanbench.measurement.stamp.Stamp;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Every option of a run. The settings of the serverless chat are not here: they are the template's
 * ({@link ChatTemplate}).
 */
public final class OptionCatalog {
  private static final List<Option<?>> ALL = new ArrayList<>();

  /** Files and ports of the machine allow fewer; they are checked before a run. */
  static final int MOST_SUBSCRIBERS = 1_000_000;

  /** A name that can be a part of a directory's name on every system. */
  private static final String LABEL_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";

  // Targets

  public static final Option<List<String>> TARGET =
      add(
          Option.texts(
                  "target",
                  "the name of a folder in servers/, installed, a ws:// or wss:// URL, or a comma"
                      + " list of these")
              .or("netty,serverless")
              .help(
                  "The targets, in the order they are measured; installed is every server in"
                      + " servers/ whose needs are met, without those measured by name only.",
                  TARGETS));

  static final Option<List<String>> LABEL =
      add(
          Option.of(
                  "label",
                  "names with commas between, each of 1 to 32 letters, digits, dots, hyphens and"
                      + " underscores, and none of them floor",
                  text -> {
                    List<String> names = List.of(text.split(",", -1));
                    Option.require(
                        names.stream()
                            .allMatch(
                                name -> name.matches(LABEL_PATTERN) && !name.equals("floor")));
                    return names;
                  })
              .help(
                  "Names of targets by URL, in their order. The page, files and the console have"
                      + " them in place of host and port.",
                  TARGETS));

  static final Option<List<String>> POOL =
      add(
          Option.texts("pool", "ws:// or wss:// URLs with commas between")
              .help(
                  "Further addresses of the one target by URL, such as other nodes of it. Clients"
                      + " connect to all in turn.",
                  TARGETS));

  static final Option<String> DIALECT =
      add(
          Option.text(
                  "dialect",
                  "the name of a file in gatling/dialects, or a path to a file that ends with"
                      + " .conf")
              .or("fanbench")
              .help("The protocol of targets by URL.", TARGETS));

  static final Option<Long> PID =
      add(
          Option.of("pid", "the id of a process of this machine", Long::valueOf)
              .help(
                  "The process of a target by URL. Its CPU and memory are measured, with those of"
                      + " its children.",
                  TARGETS));

  static final Option<String> CGROUP =
      add(
          Option.text("cgroup", "the directory of a control group, such as /sys/fs/cgroup/chat")
              .help(
                  "The control group of a target by URL. CPU and memory of its processes are"
                      + " measured.",
                  TARGETS));

  static final Option<List<String>> VARIANTS =
      add(
          Option.texts(
                  "variants",
                  "standard or settings such as broadcast=serial,stale=0.1, with ; between variants",
                  ";")
              .help("Runs with other settings in place of serverless.", TARGETS));

  public static final Option<Boolean> FLOOR =
      add(
          Option.onOff("floor")
              .or("off")
              .help(
                  "Measures a server that only writes beside targets of this machine, for"
                      + " comparison.",
                  TARGETS));

  static final Option<Double> SLOWDOWN =
      add(
          Option.number("slowdown", 0, 1, "a share from 0 to 1")
              .or("0")
              .help(
                  "Makes each write of the floor take longer by this share, to test comparisons.",
                  TARGETS));

  // Load

  public static final Option<String> WORKLOAD =
      add(
          Option.text(
                  "workload", "the name of a file in gatling/workloads without .conf, or a path")
              .help(
                  "The workload file. It takes all options and the sections of docs/scenarios.md.",
                  LOAD));

  public static final Option<List<Integer>> SUBSCRIBERS =
      add(
          Option.wholeNumbers(
                  "subscribers",
                  1,
                  MOST_SUBSCRIBERS,
                  "a room size from 1 to 1000000, or a comma list to sweep")
              .help("Subscribers of a phase; one phase for each size.", LOAD));

  static final Option<List<Integer>> CONNECTIONS =
      add(
          Option.wholeNumbers(
                  "connections",
                  1,
                  MOST_SUBSCRIBERS,
                  "a number of connections from 1 to 1000000, or a comma list")
              .help("Silent connections of an idle phase; one phase for each number.", LOAD));

  static final Option<Integer> ROOMS =
      add(
          Option.wholeNumber("rooms", 1, MOST_SUBSCRIBERS)
              .help("Rooms that the subscribers are spread over evenly.", LOAD));

  static final Option<Integer> ROOMS_PER_CLIENT =
      add(
          Option.wholeNumber("roomsPerClient", 1, MOST_SUBSCRIBERS)
              .help("Rooms of which each subscriber of a fan-out phase is a member.", LOAD));

  static final Option<PublisherChoice> PUBLISHERS =
      add(
          Option.of(
                  "publishers",
                  PublisherChoice.ALLOWED,
                  text -> PublisherChoice.parse(text, MOST_SUBSCRIBERS))
              .help("The publishers of each room of a fan-out phase, which take turns.", LOAD));

  public static final Option<Double> RATE =
      add(
          Option.number("rate", Double.MIN_VALUE, Double.MAX_VALUE, "arrivals per second, over 0")
              .help("Publications per second.", LOAD));

  public static final Option<Double> DURATION =
      add(
          Option.seconds("duration", 0.1, Double.MAX_VALUE, "a time such as 30s or 5m")
              .help("The length of a phase; publications = rate × duration.", LOAD));

  static final Option<ArrivalChoice> ARRIVALS =
      add(
          Option.of("arrivals", ArrivalChoice.ALLOWED, ArrivalChoice::parse)
              .help("The schedule of publications.", LOAD));

  static final Option<Outage> OUTAGE =
      add(
          Option.constant("outage", Outage.class)
              .help("Ends all connections in the middle of a fan-out phase.", LOAD));

  static final Option<List<Integer>> PAYLOAD_BYTES =
      add(
          Option.wholeNumbers(
                  "payloadBytes",
                  Stamp.BYTES,
                  16_384,
                  "bytes of published text from %d (the stamp) to 16384, or a comma list"
                      .formatted(Stamp.BYTES))
              .help(
                  "The size of a publication; one fan-out phase for each. Other phases have the"
                      + " first.",
                  LOAD));

  static final Option<Double> WARM_UP =
      add(
          Option.seconds("warmUp", 0, Double.MAX_VALUE, "a time such as 15s, from 0s")
              .help("The shortest warm-up, which is not reported.", LOAD));

  static final Option<Double> WARM_UP_LIMIT =
      add(
          Option.seconds("warmUpLimit", 0, Double.MAX_VALUE, "a time such as 30s, from 0s")
              .help(
                  "The longest warm-up of a target whose compilers are still busy; as warmUp if not"
                      + " given.",
                  LOAD));

  static final Option<Double> DRAIN =
      add(
          Option.seconds("drain", 0.1, Double.MAX_VALUE, "a time such as 5s, from 100ms")
              .help("The wait for the last deliveries of a phase.", LOAD));

  static final Option<Shard> SHARD =
      add(
          Option.of("shard", ShardOption.ALLOWED, ShardOption::parse)
              .help(
                  "The part of the load that this process offers. With peers= it may come from the"
                      + " environment of an array job.",
                  LOAD));

  public static final Option<PeerAddress> PEERS =
      add(
          Option.of("peers", PeerAddress.ALLOWED, PeerAddress::parse)
              .help("The address of shard 0, where all shards meet before each block.", LOAD));

  public static final Option<Double> PEERS_WAIT =
      add(
          Option.seconds("peersWait", 1, 3_600, "a time such as 60s, from 1s to 1h")
              .or("60s")
              .help("The longest wait until all shards have come.", LOAD));

  static final Option<Long> SEED =
      add(
          Option.of("seed", "a whole number", Long::valueOf)
              .help("The seed of everything that is drawn at random.", LOAD));

  // Serverless chat

  static final Option<Double> STALE =
      add(
          Option.number("stale", 0, 0.5, "a share from 0 to 0.5")
              .or("0")
              .help("The share of a room's members that are stale.", CHAT));

  public static final Option<List<String>> MODEL =
      add(
          Option.texts(
                  "model",
                  "none, aws (assumed latencies), a path to a model file, or a comma list of these")
              .or("none")
              .help("Latencies that are added to each hop; one run for each model.", CHAT));

  static final Option<String> POST =
      add(
          Option.text("post", "none or a time from 1us to 10s")
              .or("none")
              .help("The median latency of the model's posts, which scales them all.", CHAT));

  static final Option<Boolean> SIGNATURES =
      add(
          Option.onOff("signatures")
              .or("on")
              .help(
                  "Calls of @connections must be signed, with any access key and the secret"
                      + " local.",
                  CHAT));

  static final Option<String> ISOLATION =
      add(
          Option.choice("isolation", List.of("shared", "process"))
              .or("shared")
              .help(
                  "The place of the chat's functions: the emulator's process, or a process for each"
                      + " environment, as on Lambda.",
                  CHAT));

  static final Option<String> REDIS =
      add(
          Option.of(
                  "redis",
                  "redis://host:port, without a user and without _ in host",
                  matching("redis://[^/@:?#_]+:\\d{1,5}"))
              .help("A Redis that runs already, with store=redis.", SERVICES));

  static final Option<String> QUOTAS =
      add(
          Option.of(
                  "quotas",
                  "a list such as accountPerSecond=500,connectsPerSecond=50",
                  matching("[A-Za-z]+=[1-9]\\d*(,[A-Za-z]+=[1-9]\\d*)*"))
              .help("Other quotas than those of a new AWS account.", SERVICES));

  // In-memory server

  public static final Option<String> TRANSPORT =
      add(
          Option.choice("transport", List.of("auto", "epoll", "io_uring", "nio"))
              .or("auto")
              .help("The kernel interface of the in-memory server.", IN_MEMORY));

  static final Option<Integer> PING_SECONDS =
      add(
          Option.wholeNumber("pingSeconds", 0, 3_600)
              .or("30")
              .help(
                  "Seconds of silence after which the in-memory server pings a client; 0 for no"
                      + " pings.",
                  IN_MEMORY));

  public static final Option<Boolean> DEFLATE =
      add(
          Option.onOff("deflate")
              .or("off")
              .help(
                  "Connects offer permessage-deflate. The in-memory server accepts it only with this"
                      + " option, the emulator always.",
                  IN_MEMORY));

  public static final Option<Integer> NODES =
      add(
          Option.wholeNumber("nodes", 1, 8)
              .or("1")
              .help(
                  "Nodes of the in-memory server that are one chat over a redis-server. Clients"
                      + " connect to them in turn.",
                  IN_MEMORY));

  // Access

  static final Option<String> AUTH =
      add(
          Option.choice("auth", List.of("none", "jwt"))
              .or("none")
              .help("Targets that fanbench starts ask each connection for a token.", ACCESS));

  static final Option<String> TOKEN =
      add(
          Option.text("token", "text")
              .help(
                  "The Authorization header of every connect, and ${token} in dialects.", ACCESS));

  static final Option<String> USERS =
      add(
          Option.text(
                  "users",
                  "a path to a CSV file that can be read, with the columns user, token, query and"
                      + " header.NAME")
              .help(
                  "The name and credentials of each client: client N takes row N, and the rows"
                      + " again after the last.",
                  ACCESS));

  static final Option<SourceSet> SOURCES =
      add(
          Option.of("sources", SourceSet.ALLOWED, SourceSet::parse)
              .help(
                  "The addresses that connections come from in turn; 127.0.0.1 to 127.0.0.8 for"
                      + " loopback targets on Linux if not given.",
                  ACCESS));

  static final Option<String> SIGN =
      add(
          Option.choice("sign", List.of("none", "iam"))
              .or("none")
              .help(
                  "Connects to remote targets are signed with the key in AWS_ACCESS_KEY_ID,"
                      + " AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
                  ACCESS));

  static final Option<String> REGION =
      add(
          Option.text("region", "an AWS region such as us-east-1")
              .help("The region of signed connects, where the URL does not have it.", ACCESS));

  static final Option<String> TRUST =
      add(
          Option.text(
                  "trust",
                  "jvm (its own authorities), any (wss:// on loopback only) or a path to"
                      + " certificates in PEM")
              .or("jvm")
              .help("Certificates accepted for wss:// targets.", ACCESS));

  public static final Option<Long> MAX_DELIVERIES =
      add(
          Option.of(
                  "maxDeliveries",
                  "a whole number from 1",
                  text -> {
                    long most = Long.parseLong(text);
                    Option.require(most > 0);
                    return most;
                  })
              .or("1000000")
              .help("The most deliveries that a remote target may be asked for.", ACCESS));

  // Measurement and results

  static final Option<List<String>> SLO =
      add(
          Option.texts("slo", "a comma list such as p99.lastDelivery<250ms,faults==0")
              .help(
                  "Thresholds in place of the workload's, so repeat faults==0. A missed one fails the run.",
                  RESULTS));

  public static final Option<String> ABORT_ON =
      add(
          Option.choice("abortOn", List.of("none", "slo"))
              .or("none")
              .help(
                  "With slo the run ends as soon as a threshold of slo= is missed for certain,"
                      + " whatever the rest would bring.",
                  RESULTS));

  public static final Option<String> PIN =
      add(
          Option.choice("pin", List.of("auto", "off"))
              .or("auto")
              .help("Keeps load and target on different cores.", RESULTS));

  public static final Option<OptionalInt> LIVE =
      add(
          Option.of(
                  "live",
                  "off, on (any free port of 127.0.0.1) or a port from 0 (any) to 65535",
                  OptionCatalog::port)
              .or("off")
              .help("A page that shows the run while it goes on.", RESULTS));

  public static final Option<String> PRICES =
      add(
          Option.text("prices", "a path to a price file like us-east-1.json of reports")
              .help("The price list of your region.", RESULTS));

  public static final Option<String> OUT =
      add(
          Option.text("out", "a writable directory")
              .or("reports/runs")
              .help("The directory of run directories.", RESULTS));

  public static final Option<String> SITE =
      add(
          Option.text("site", "a writable directory")
              .or("reports/site")
              .help("The directory of the report.", RESULTS));

  // Build

  public static final Option<String> HOME =
      add(
          Option.text("home", "the top directory of the checkout")
              .or("..")
              .help("The top directory of the checkout.", BUILD));

  static final Option<String> LAUNCHER =
      add(
          Option.text("launcher", "maven, or nothing")
              .help("The program that reads the exit code.", BUILD));

  public static final Option<List<String>> DUET =
      add(
          Option.of(
                  "duet",
                  "two files of settings with a comma between",
                  text -> {
                    List<String> files = List.of(text.split(",", -1));
                    Option.require(files.size() == 2);
                    return files;
                  })
              .help("The settings of two sides that take turns.", BUILD));

  private OptionCatalog() {}

  /** All options of the catalog, in the order they are listed. */
  static List<Option<?>> all() {
    return List.copyOf(ALL);
  }

  private static <T> Option<T> add(Option<T> option) {
    ALL.add(option);
    return option;
  }

  private static UnaryOperator<String> matching(String pattern) {
    return text -> {
      Option.require(text.matches(pattern));
      return text;
    };
  }

  private static OptionalInt port(String text) {
    return switch (text) {
      case "off" -> OptionalInt.empty();
      case "on" -> OptionalInt.of(0);
      default -> OptionalInt.of(Option.within(text, 0, 65_535));
    };
  }
}
