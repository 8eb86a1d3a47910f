package dev.fanbench.reports.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.measurement.search.SearchStep;
import java.util.List;

/** {@code search.json}: searches for scripts; an answer that there is not is null. */
public final class SearchJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SearchJson() {}

  /** The whole file. */
  public static String of(List<SearchResult> searches) {
    ObjectNode root = JSON.createObjectNode().put("schemaVersion", 1);
    ArrayNode nodes = root.putArray("searches");
    searches.forEach(search -> nodes.add(search(search)));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot be written", e);
    }
  }

  private static ObjectNode search(SearchResult search) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("target", search.target())
            .put("subject", search.subject().key())
            .put("fixed", search.fixed())
            .put("slo", search.slo())
            .put("answer", search.answer().orElse(null))
            .put("loadBound", search.loadBound())
            .put("limit", search.limit())
            .put("sentence", search.sentence());
    ArrayNode steps = node.putArray("steps");
    search.steps().forEach(step -> steps.add(step(step)));
    return node;
  }

  private static ObjectNode step(SearchStep step) {
    return JSON.createObjectNode()
        .put("load", step.load())
        .put("confirming", step.confirming())
        .put("outcome", step.judgement().outcome().name())
        .put("observed", step.judgement().observed())
        .put("coresOfTheTarget", step.judgement().cores().orElse(null));
  }
}
