package dev.fanbench.reports.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanbench.measurement.change.Change;
import dev.fanbench.measurement.change.ComparedSide;
import dev.fanbench.measurement.change.Estimate;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.change.TargetChange;
import java.util.Optional;

/**
 * {@code compare.json}: a comparison for scripts. Where there is no value, its field is null.
 * Fields are only ever added.
 */
public final class ChangeJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ChangeJson() {}

  /** The whole file. */
  public static String of(RunComparison changes) {
    ObjectNode root = JSON.createObjectNode().put("schemaVersion", 1);
    ArrayNode targets = root.putArray("targets");
    changes.targets().forEach(target -> targets.add(target(target)));
    ArrayNode unpaired = root.putArray("unpaired");
    changes.unpaired().forEach(unpaired::add);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot be written", e);
    }
  }

  private static ObjectNode target(TargetChange target) {
    ObjectNode node = JSON.createObjectNode().put("name", target.name());
    node.set("base", side(target.base()));
    node.set("new", side(target.now()));
    node.set("decides", change(target.decides()));
    ArrayNode others = node.putArray("others");
    target.others().forEach(other -> others.add(change(other)));
    ArrayNode notes = node.putArray("notes");
    target.notes().forEach(notes::add);
    return node;
  }

  private static ObjectNode side(ComparedSide side) {
    ObjectNode node = JSON.createObjectNode().put("name", side.name());
    ArrayNode runs = node.putArray("runs");
    side.runs().forEach(run -> runs.add(run.run().id()));
    return node;
  }

  private static ObjectNode change(Change change) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("metric", change.metric().expression())
            .put("verdict", change.verdict().name())
            .put("sentence", change.sentence());
    put(node, "baseNanos", change.base().map(Estimate::value));
    put(node, "newNanos", change.now().map(Estimate::value));
    put(node, "ratio", change.ratio().map(r -> r.ratio()));
    put(node, "low", change.ratio().map(r -> r.low()));
    put(node, "high", change.ratio().map(r -> r.high()));
    return node;
  }

  /** JSON has no infinity: what was not delivered is null, and told by the sentence. */
  private static void put(ObjectNode node, String name, Optional<Double> value) {
    value
        .filter(Double::isFinite)
        .ifPresentOrElse(finite -> node.put(name, finite), () -> node.putNull(name));
  }
}
