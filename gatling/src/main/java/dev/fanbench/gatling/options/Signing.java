package dev.fanbench.gatling.options;

import dev.fanbench.signature.AccessKey;
import dev.fanbench.signature.Signer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs connects to remote targets, for APIs whose {@code $connect} asks for IAM.
 *
 * @param key the key that signs
 * @param region of the targets; empty when each target's URL has it
 */
public record Signing(AccessKey key, Optional<String> region) {
  private static final String SERVICE = "execute-api";
  private static final Pattern HOST = Pattern.compile("[^.]+\\.execute-api\\.([^.]+)\\..+");

  /** The value of {@code sign=}; empty for none. */
  static Optional<Signing> read(
      OptionValueSet values, List<TargetChoice> targets, UnaryOperator<String> environment) {
    if (values.get(OptionCatalog.SIGN).equals("none")) {
      return Optional.empty();
    }
    if (values.has(OptionCatalog.TOKEN)) {
      throw new BadOption("sign=iam takes the Authorization header; it cannot be with token=.");
    }
    Signing signing = new Signing(key(environment), values.find(OptionCatalog.REGION));
    for (TargetChoice target : targets) {
      if (!(target instanceof TargetChoice.Remote remote)) {
        throw new BadOption(
            "sign=iam is for remote targets; %s takes unsigned connects."
                .formatted(target.label()));
      }
      signing.requireRegion(remote.url());
    }
    return Optional.of(signing);
  }

  private static AccessKey key(UnaryOperator<String> environment) {
    try {
      return AccessKey.of(environment);
    } catch (IllegalArgumentException missing) {
      throw new BadOption("sign=iam: " + missing.getMessage() + ".");
    }
  }

  private String requireRegion(URI target) {
    Matcher host = HOST.matcher(target.getHost());
    return region
        .or(() -> host.matches() ? Optional.of(host.group(1)) : Optional.empty())
        .orElseThrow(
            () ->
                new BadOption(
                    "sign=iam needs region=, which the URL %s does not tell.".formatted(target)));
  }

  /** Signs connects to a target. */
  public Signer signer(URI target) {
    return new Signer(key, requireRegion(target), SERVICE);
  }
}
