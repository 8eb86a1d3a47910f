package dev.fanbench.gatling.options;

import dev.fanbench.gatling.fleet.IdentityTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code users=} and {@code token=}: the name and credentials of each client. */
public final class IdentityOption {
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
    UserFile file = UserFile.read(InputFile.of(home, path.get()), token);
    requireOnce(file, values, headers);
    return IdentityTable.of(file.rows());
  }

  /**
   * The identities of the first clients, which a file gives.
   *
   * @param token of all of them where the file has no column for it; may be empty
   * @param headers that all clients send
   * @param clients rows that are read at most
   * @throws BadOption when the file is wrong, or token or headers give the same thing
   */
  public static IdentityTable ofFile(Path path, String token, Set<String> headers, int clients) {
    UserFile file = UserFile.read(path, token);
    if (!token.isEmpty()) {
      requireNoToken(file);
    }
    requireNoHeaders(file, headers);
    return IdentityTable.of(file.rows().subList(0, Math.min(clients, file.rows().size())));
  }

  private static void requireNoToken(UserFile file) {
    require(!file.has(UserFile.TOKEN), UserFile.TOKEN, "token=");
    require(!file.has(AUTHORIZATION), AUTHORIZATION, "token=");
  }

  private static void requireNoHeaders(UserFile file, Set<String> headers) {
    for (String name : headers) {
      require(!file.has(UserFile.HEADER + name), UserFile.HEADER + name, "header." + name + "=");
    }
  }

  private static void requireOnce(
      UserFile file, OptionValueSet values, Map<String, String> headers) {
    if (values.has(OptionCatalog.TOKEN)) {
      requireNoToken(file);
    }
    requireNoHeaders(file, headers.keySet());
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
