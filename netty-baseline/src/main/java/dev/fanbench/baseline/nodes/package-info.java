/**
 * One chat on several nodes, over Redis or Valkey Pub/Sub.
 *
 * <p>A {@link dev.fanbench.baseline.nodes.NodeAudience} wraps the audiences of one node. A
 * publication is delivered to the members here at once, and goes out by the {@code
 * PublicationRelay} for those of other nodes. The {@code RedisLink} brings in publications of other
 * nodes and connects again when Redis has been away.
 */
package dev.fanbench.baseline.nodes;
