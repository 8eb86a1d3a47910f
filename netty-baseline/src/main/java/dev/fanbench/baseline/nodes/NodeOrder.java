package dev.fanbench.baseline.nodes;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells new publications of other nodes from copies. Redis passes on those of one node in their
 * order, so a message that is not behind all before it has been here. For one thread.
 */
final class NodeOrder {
  /** Nodes that are remembered, the ones heard last. */
  static final int MOST_NODES = 1_024;

  private final Map<Long, Long> latest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> longestSilent) {
          return size() > MOST_NODES;
        }
      };

  /** Whether the publications have not been here; if so, they have now. */
  boolean isNew(NodeEnvelope publications) {
    Long before = latest.get(publications.node());
    if (before != null && before >= publications.firstSequence()) {
      return false;
    }
    latest.put(publications.node(), publications.lastSequence());
    return true;
  }
}
