package dev.fanbench.gatling.fleet;

import java.util.List;

/** What became of taking many seats at once. */
public sealed interface Assembly {

  /** Who took the seats, in the order of these; nobody when some seat could not be taken. */
  List<Client> clients();

  /** Why seats could not be taken, one sentence each, in the order they failed. */
  List<String> failures();

  /**
   * Every seat is taken and every join was answered.
   *
   * @param clients in the order of the seats
   */
  record Complete(List<Client> clients) implements Assembly {
    public Complete {
      clients = List.copyOf(clients);
    }

    @Override
    public List<String> failures() {
      return List.of();
    }
  }

  /**
   * Some seat could not be taken; no further one was tried.
   *
   * @param joined seats taken by then; their clients stay open until {@link Fleet#closeAll}
   * @param failures one sentence for each failed seat, in the order they failed; at least one
   */
  record Incomplete(int joined, List<String> failures) implements Assembly {
    public Incomplete {
      failures = List.copyOf(failures);
    }

    @Override
    public List<Client> clients() {
      return List.of();
    }
  }
}
