package dev.fanbench.gatling.options;

import dev.fanbench.gatling.fleet.IdentityTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads {@code users=} and {@code token=}: the name and credentials of each client. */
final class IdentityOption {
  private static final String AUTHORIZATION = UserFile.HEADER + "Authorization";

  private IdentityOption() {}

  /**
   * The identities of a run.
   *
   * @param headers that all clients send
   * @throws BadOption when the file is wrong, or another option gives the same thing
   */
  static IdentityTable read(OptionValueSet values, Map<String, String> headers, Path home) {
    String token = values.find(OptionCatalog.TOKEN).orElse("");
    Optional<String> path = values.find(OptionCatalog.USERS);
    if (path.isEmpty()) {
      return IdentityTable.numbered(token);
    }
    UserFile file = UserFile.read(home.resolve(path.get()), token);
    requireOnce(file, values, headers);
    return IdentityTable.of(file.rows());
  }

  private static void requireOnce(
      UserFile file, OptionValueSet values, Map<String, String> headers) {
    if (values.has(OptionCatalog.TOKEN)) {
      require(!file.has(UserFile.TOKEN), UserFile.TOKEN, "token=");
      require(!file.has(AUTHORIZATION), AUTHORIZATION, "token=");
    }
    for (String name : headers.keySet()) {
      require(!file.has(UserFile.HEADER + name), UserFile.HEADER + name, "header." + name + "=");
    }
    if (values.get(OptionCatalog.AUTH).equals("jwt")) {
      require(!file.has(AUTHORIZATION), AUTHORIZATION, "auth=jwt");
    }
    if (values.get(OptionCatalog.SIGN).equals("iam")) {
      require(!file.has(AUTHORIZATION), AUTHORIZATION, "sign=iam");
      require(!file.has(UserFile.QUERY), UserFile.QUERY, "sign=iam");
    }
  }

  private static void require(boolean allowed, String column, String other) {
    if (!allowed) {
      throw new BadOption(
          "The column %s of the file of users= cannot be with %s; give one of them."
              .formatted(column, other));
    }
  }
}
