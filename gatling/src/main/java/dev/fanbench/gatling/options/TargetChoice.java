package dev.fanbench.gatling.options;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** What to measure. */
public sealed interface TargetChoice {

  /** Short name, unique in a run, used in file names and reports. */
  String label();

  /** Whether it is the emulated chat, in whatever variant. */
  default boolean isServerless() {
    return this == Launched.SERVERLESS || this instanceof Variant;
  }

  /** A target that fanbench starts on this machine, in a process of its own. */
  enum Launched implements TargetChoice {
    /** The in-memory server. */
    NETTY,
    /** API Gateway emulator, real functions, DynamoDB Local. */
    SERVERLESS,
    /** A server that does nothing but write: what the harness and the kernel cost. */
    FLOOR;

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The serverless target with settings of its own, to stand beside others in a report.
   *
   * @param label its settings as they were typed
   * @param serverless options of the serverless target, by key
   */
  record Variant(String label, Map<String, String> serverless) implements TargetChoice {
    public Variant {
      serverless = Map.copyOf(serverless);
    }
  }

  /**
   * A server that runs already, here or elsewhere.
   *
   * @param url {@code ws://} or {@code wss://}
   */
  record Remote(URI url) implements TargetChoice {
    @Override
    public String label() {
      String port = url.getPort() < 0 ? "" : "-" + url.getPort();
      return url.getHost() + port;
    }
  }

  /** Reads one word of {@code target=}. */
  static TargetChoice parse(String word) {
    return switch (word) {
      case "netty" -> Launched.NETTY;
      case "serverless" -> Launched.SERVERLESS;
      default -> new Remote(url(word));
    };
  }

  private static URI url(String word) {
    if (!word.startsWith("ws://") && !word.startsWith("wss://")) {
      throw OptionCatalog.TARGET.bad(word);
    }
    try {
      URI url = URI.create(word);
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, like a URL without a host.
    }
    throw BadOption.of(OptionCatalog.TARGET.key(), word, "a URL such as wss://host:port/stage");
  }
}
