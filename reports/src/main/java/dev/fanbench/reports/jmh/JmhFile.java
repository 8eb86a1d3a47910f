package dev.fanbench.reports.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of results. JMH's {@code -rf json} writes an array of one object for each benchmark and
 * set of parameters. Immutable.
 *
 * @param name the file's
 * @param results at least one, in the file's order
 */
public record JmhFile(String name, List<JmhResult> results) {

  private static final JsonMapper JSON = new JsonMapper();

  public JmhFile {
    results = List.copyOf(results);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException with a sentence that names the file and what is expected
   */
  public static JmhFile read(Path file) {
    try {
      JsonNode array = JSON.readTree(Files.readString(file));
      require(array.isArray() && !array.isEmpty(), "it is no array of results");
      List<JmhResult> results = new ArrayList<>();
      for (JsonNode each : array) {
        results.add(result(each));
      }
      return new JmhFile(file.getFileName().toString(), results);
    } catch (JsonProcessingException e) {
      throw refused(file, "it is no JSON", e);
    } catch (IOException e) {
      throw refused(file, "it cannot be read", e);
    } catch (NotJmhException e) {
      throw refused(file, e.getMessage(), e);
    }
  }

  /** A result's cost beside the naive variant's, in this file. */
  public Optional<JmhRatio> toNaive(JmhResult result) {
    return JmhRatio.toNaive(result, results);
  }

  /** A result's cost beside the floor's, in this file. */
  public Optional<JmhRatio> toFloor(JmhResult result) {
    return JmhRatio.toFloor(result, results);
  }

  private static JmhResult result(JsonNode json) throws NotJmhException {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : json.path("params").properties()) {
      parameters.put(each.getKey(), each.getValue().asText());
    }
    Map<String, JmhMetric> others = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : json.path("secondaryMetrics").properties()) {
      others.put(each.getKey(), metric(each.getValue(), each.getKey()));
    }
    return new JmhResult(
        text(json, "benchmark"),
        text(json, "mode"),
        parameters,
        metric(json.path("primaryMetric"), "primaryMetric"),
        others,
        "%s × %s × %s, %s %s"
            .formatted(
                text(json, "forks"),
                text(json, "measurementIterations"),
                text(json, "measurementTime"),
                text(json, "vmName"),
                text(json, "vmVersion")));
  }

  private static JmhMetric metric(JsonNode json, String name) throws NotJmhException {
    return new JmhMetric(
        number(json, "score", name), number(json, "scoreError", name), text(json, "scoreUnit"));
  }

  /** JMH writes NaN as a text. */
  private static double number(JsonNode json, String field, String metric) throws NotJmhException {
    JsonNode value = json.path(field);
    require(value.isNumber() || value.asText().equals("NaN"), metric + " lacks a " + field);
    return value.isNumber() ? value.asDouble() : Double.NaN;
  }

  private static String text(JsonNode json, String field) throws NotJmhException {
    require(json.path(field).isValueNode(), "a result lacks " + field);
    return json.get(field).asText();
  }

  private static void require(boolean holds, String otherwise) throws NotJmhException {
    if (!holds) {
      throw new NotJmhException(otherwise);
    }
  }

  private static IllegalArgumentException refused(Path file, String why, Exception cause) {
    return new IllegalArgumentException(
        "--jmh %s: %s; expected is what ./fanbench jmh -rf json -rff FILE writes"
            .formatted(file, why),
        cause);
  }

  /** The JSON is of another kind. */
  private static final class NotJmhException extends Exception {
    private static final long serialVersionUID = 1;

    NotJmhException(String message) {
      super(message);
    }
  }
}
