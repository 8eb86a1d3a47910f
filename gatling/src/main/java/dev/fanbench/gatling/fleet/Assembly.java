package dev.fanbench.gatling.fleet;

import java.util.List;

/** What became of taking many seats at once. */
public sealed interface Assembly {

  /**
   * Every seat is taken and every join was answered.
   *
   * @param clients in the order of the seats
   */
  record Complete(List<Client> clients) implements Assembly {
    public Complete {
      clients = List.copyOf(clients);
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
  }
}
