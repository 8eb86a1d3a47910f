package dev.fanbench.gatling.options;

import dev.fanbench.gatling.fleet.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Reads {@code trust=}: whose certificates are believed for {@code wss://} targets. */
final class TrustOption {
  private static final String LOOPBACK = "localhost|127(\\.\\d{1,3}){3}|\\[::1]";

  private TrustOption() {}

  static Trust read(OptionValueSet values, List<TargetChoice> targets, Path home) {
    String word = values.get(OptionCatalog.TRUST);
    if (word.equals("jvm")) {
      return new Trust.Jvm();
    }
    List<URI> secure =
        targets.stream()
            .filter(TargetChoice.Remote.class::isInstance)
            .flatMap(target -> ((TargetChoice.Remote) target).urls().stream())
            .filter(url -> url.getScheme().equals("wss"))
            .toList();
    if (secure.isEmpty()) {
      throw new BadOption("trust=" + word + " is for wss:// targets, and there is none.");
    }
    return word.equals("any") ? anybody(secure) : file(word, home);
  }

  private static Trust anybody(List<URI> targets) {
    for (URI target : targets) {
      if (!target.getHost().matches(LOOPBACK)) {
        throw new BadOption(
            "trust=any is for loopback only; give trust= the certificate of %s or its authority."
                .formatted(target.getHost()));
      }
    }
    return new Trust.Any();
  }

  private static Trust file(String word, Path home) {
    try {
      return Trust.read(InputFile.of(home, word));
    } catch (IOException e) {
      throw OptionCatalog.TRUST.bad(word);
    }
  }
}
