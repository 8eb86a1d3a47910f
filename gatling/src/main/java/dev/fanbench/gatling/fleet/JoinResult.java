package dev.fanbench.gatling.fleet;

import java.util.List;

/** The result of connecting and joining many members at once. */
public sealed interface JoinResult {

  /** The clients in the order of their slots; empty if a slot could not be taken. */
  List<Client> clients();

  /** A sentence for each reason why slots could not be taken, in the order of the failures. */
  List<String> failures();

  /**
   * Every slot is taken and every join was answered.
   *
   * @param clients in the order of the slots
   */
  record Complete(List<Client> clients) implements JoinResult {
    public Complete {
      clients = List.copyOf(clients);
    }

    @Override
    public List<String> failures() {
      return List.of();
    }
  }

  /**
   * Some slot could not be taken; no further one was tried.
   *
   * @param joined slots taken by then; their clients stay open until {@link Fleet#closeAll}
   * @param failures one sentence for each reason, in the order they came; at least one
   */
  record Incomplete(int joined, List<String> failures) implements JoinResult {
    public Incomplete {
      failures = List.copyOf(failures);
    }

    @Override
    public List<Client> clients() {
      return List.of();
    }
  }
}
