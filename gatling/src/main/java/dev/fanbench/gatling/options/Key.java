package dev.fanbench.gatling.options;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every key a user may set, with what it takes. {@code header.<Name>} is the one open family. */
public enum Key {
  TARGET("target", "netty, serverless, a ws:// or wss:// URL, or a comma list of these"),
  DIALECT("dialect", "fanbench or plain (targets by URL: whether they know rooms)"),
  TRUST(
      "trust",
      "jvm (its own authorities), any (wss:// on loopback only) or a path to certificates in PEM"),
  WORKLOAD("workload", "the name of a file in gatling/workloads without .conf, or a path to one"),
  SUBSCRIBERS("subscribers", "a room size from 1 to 18000, or a comma list to sweep"),
  ROOMS("rooms", "a number of rooms that divides subscribers, from 1"),
  RATE("rate", "arrivals per second, over 0"),
  DURATION("duration", "a time such as 30s or 5m; publications = rate x duration"),
  ARRIVALS("arrivals", "constant or poisson"),
  OUTAGE(
      "outage",
      "none, graceful or killed: what ends all connections in the middle of a fan-out phase"),
  PAYLOAD_BYTES("payloadBytes", "bytes of published text from 39 (the stamp) to 16384"),
  WARM_UP("warmUp", "a time such as 15s, from 0s"),
  REPEATS("repeats", "how many phases spoiled by stalls of the load are measured again, 0 to 20"),
  DRAIN("drain", "a time such as 5s, from 100ms"),
  SEED("seed", "a whole number"),
  SLO("slo", "a comma list such as p99.lastDelivery<250ms,missing==0"),
  STORE("store", "dynamodb or redis (serverless: where connections and messages are kept)"),
  REDIS("redis", "redis://host:port, a Redis of your own, with store=redis"),
  BROADCAST(
      "broadcast",
      "serial, parallel, workers or invocations (serverless: how a function posts to a room)"),
  REGISTRY("registry", "sharded, hot-item or scan (serverless: how the table knows a room)"),
  CLEANUP("cleanup", "none, on-gone or abort (serverless: what becomes of stale members)"),
  CLIENT("client", "shared or per-message (serverless: how long the client that posts lives)"),
  INTEGRATION(
      "integration",
      "lambda-proxy, lambda, http-proxy, http or mock (serverless: what stands behind the routes)"),
  STALE_GRACE("staleGrace", "a time from 0s to 2h (serverless: until a 410 is believed)"),
  STALE("stale", "a share from 0 to 0.5 of a room's members that are stale; serverless only"),
  VARIANTS(
      "variants",
      "standard or settings such as broadcast=serial,stale=0.1, with ; between variants"),
  POST_CONCURRENCY("postConcurrency", "posts in flight per function, from 1 to 1000"),
  POST(
      "post",
      "none or a time from 1us to 10s: the median of the model's posts, which scales them all"),
  MODEL("model", "none, aws (assumed latencies), a path to a model file, or a comma list of these"),
  SIGNATURES("signatures", "on or off (serverless: whether @connections wants signed calls)"),
  QUOTAS("quotas", "a list such as accountPerSecond=500,connectsPerSecond=50; serverless only"),
  AUTH("auth", "none or jwt: the targets that fanbench starts ask each connection for a token"),
  TOKEN("token", "text sent as the Authorization header of every connect"),
  SIGN(
      "sign",
      "none or iam: connects to remote targets are signed with the key in AWS_ACCESS_KEY_ID"),
  REGION("region", "an AWS region such as us-east-1, where the URL does not tell; with sign=iam"),
  PRICES("prices", "a path to a price file like reports' prices-us-east-1.json"),
  MAX_DELIVERIES("maxDeliveries", "the most deliveries a remote target may be asked for"),
  PIN("pin", "auto or off"),
  TRANSPORT("transport", "auto, epoll, io_uring or nio (netty: how it asks the kernel)"),
  DEFLATE("deflate", "on or off (connects offer permessage-deflate; both targets agree to it)"),
  FLOOR("floor", "on or off"),
  LIVE("live", "off, on (any free port of 127.0.0.1) or a port from 0 (any) to 65535"),
  OUT("out", "a writable directory for run directories"),
  SITE("site", "a writable directory for the report"),
  /** Set by the build: the checkout's top directory. */
  HOME("home", "the top directory of the checkout"),
  /** Set by the build: who reads the exit code. */
  LAUNCHER("launcher", "maven, or nothing");

  private static final Set<Key> SERVERLESS =
      EnumSet.of(
          STORE,
          BROADCAST,
          REGISTRY,
          CLEANUP,
          CLIENT,
          INTEGRATION,
          POST_CONCURRENCY,
          STALE_GRACE,
          STALE,
          MODEL,
          POST,
          SIGNATURES);

  private final String key;
  private final String allowed;

  Key(String key, String allowed) {
    this.key = key;
    this.allowed = allowed;
  }

  /** As typed after {@code fanbench.}. */
  public String key() {
    return key;
  }

  /** What may be given, to end the sentence "key is …". */
  public String allowed() {
    return allowed;
  }

  /** Whether it is an option of the serverless target alone, which a variant may change. */
  public boolean isServerless() {
    return SERVERLESS.contains(this);
  }

  /** The key of this name; empty for none. */
  public static Optional<Key> named(String name) {
    return Arrays.stream(values()).filter(k -> k.key.equals(name)).findFirst();
  }

  static boolean isKnown(String name) {
    return name.startsWith("header.") || named(name).isPresent();
  }

  static BadOption unknown(String name) {
    String known =
        Arrays.stream(values())
            .filter(k -> k != HOME && k != LAUNCHER)
            .map(Key::key)
            .collect(Collectors.joining(", "));
    return new BadOption(
        "fanbench." + name + " is not a known key; known are " + known + ", header.<Name>.");
  }
}
