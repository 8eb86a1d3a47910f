package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.workload.Shard;
import java.util.List;
import java.util.Map;

/** Gives each client of a fleet its identity, by its number. Immutable. */
public final class IdentityTable {
  private final List<ClientIdentity> rows;
  private final Shard shard;

  private IdentityTable(List<ClientIdentity> rows, Shard shard) {
    this.rows = rows;
    this.shard = shard;
  }

  /**
   * Users {@code user-0}, {@code user-1} and so on.
   *
   * @param token of all of them; may be empty
   */
  public static IdentityTable numbered(String token) {
    return new IdentityTable(List.of(new ClientIdentity("", token, "", Map.of())), Shard.ALONE);
  }

  /**
   * Identities that clients take in turn.
   *
   * @param rows at least one; an empty name stands for {@code user-N}
   */
  public static IdentityTable of(List<ClientIdentity> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("an identity table has at least one row");
    }
    return new IdentityTable(List.copyOf(rows), Shard.ALONE);
  }

  /** The same rows, of which the clients of each shard take others. */
  public IdentityTable sharedBy(Shard other) {
    return new IdentityTable(rows, other);
  }

  /** A text of the target without the secrets of any client; looks at every row. */
  public String hide(String text) {
    String shown = text;
    for (ClientIdentity row : rows) {
      shown = row.hide(shown);
    }
    return shown;
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /**
   * The identity of a client.
   *
   * @param client its number, from 0
   */
  public ClientIdentity of(int client) {
    int number = shard.nth(client);
    ClientIdentity row = rows.get(Math.floorMod(number, rows.size()));
    return row.user().isEmpty()
        ? new ClientIdentity("user-" + number, row.token(), row.query(), row.headers())
        : row;
  }
}
