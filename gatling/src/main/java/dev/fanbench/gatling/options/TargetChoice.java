package dev.fanbench.gatling.options;

import dev.fanbench.target.TargetKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A target that a user has chosen. */
public sealed interface TargetChoice {

  /** The word for every server of {@code servers/} whose needs are met. */
  String INSTALLED = "installed";

  /** Short name, unique in a run, used in file names and reports. */
  String label();

  /** Whether it is the emulated chat, in any variant. */
  default boolean isServerless() {
    return this instanceof Started started && started.server().kind() == TargetKind.SERVERLESS;
  }

  /**
   * A server that fanbench starts on this machine, in a process of its own.
   *
   * @param label the server's name, or the settings of a variant as they were typed
   * @param server its description
   * @param settings those of a variant of the serverless chat, by key; empty for the run's own
   */
  record Started(String label, ServerDescriptor server, Map<String, String> settings)
      implements TargetChoice {
    public Started {
      settings = Map.copyOf(settings);
    }
  }

  /**
   * A server that runs already, here or elsewhere.
   *
   * @param label the name that the user gave it, or its host and port
   * @param url {@code ws://} or {@code wss://}
   * @param others further addresses of the same chat
   */
  record Remote(String label, URI url, List<URI> others) implements TargetChoice {
    public Remote {
      others = List.copyOf(others);
    }

    /** A server at one address, named by it. */
    static Remote at(URI url) {
      String port = url.getPort() < 0 ? "" : "-" + url.getPort();
      return new Remote(url.getHost() + port, url, List.of());
    }

    /** The same target by another name. */
    Remote named(String name) {
      return new Remote(name, url, others);
    }

    /** All addresses, which clients connect to in turn. */
    public List<URI> urls() {
      return Stream.concat(Stream.of(url), others.stream()).toList();
    }

    /** The same target with further addresses. */
    Remote with(List<String> pool) {
      return new Remote(
          label,
          url,
          pool.stream().map(word -> TargetChoice.url(OptionCatalog.POOL, word)).toList());
    }
  }

  /** Whether it runs on this machine: started by fanbench, or at a loopback address. */
  default boolean isOnThisMachine() {
    return !(this instanceof Remote remote)
        || remote.urls().stream()
            .allMatch(url -> Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost()));
  }

  /** A sentence for each thing that it needs and that is not there. */
  default List<String> missing() {
    return this instanceof Started started ? started.server().missing() : List.of();
  }

  /** A server of a checkout's folder {@code servers}. */
  static Started named(Path home, String name) {
    return new Started(name, ServerDescriptor.read(home, name), Map.of());
  }

  /**
   * Reads one word of {@code target=}.
   *
   * @param home the checkout
   * @throws BadOption for a word that is neither a server's name nor a URL
   */
  static TargetChoice parse(Path home, String word) {
    if (word.startsWith("ws://") || word.startsWith("wss://")) {
      return Remote.at(url(OptionCatalog.TARGET, word));
    }
    List<String> names = ServerDescriptor.names(home);
    if (names.contains(word)) {
      return named(home, word);
    }
    throw BadOption.of(
        OptionCatalog.TARGET.key(),
        word,
        String.join(", ", names) + ", installed, a ws:// or wss:// URL, or a comma list of these");
  }

  private static URI url(Option<?> option, String word) {
    try {
      URI url = URI.create(word);
      if (url.getHost() != null
          && url.getRawUserInfo() == null
          && Set.of("ws", "wss").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, like a URL without a host.
    }
    throw BadOption.of(
        option.key(),
        word,
        "a URL such as wss://host:port/stage, without a user; token= has credentials");
  }
}
