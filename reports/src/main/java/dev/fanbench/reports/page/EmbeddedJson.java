package dev.fanbench.reports.page;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.reports.export.ChartJson;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The runs' manifests and the charts' figures inside the page, so that it is its own source.
 *
 * <p>They differ from {@code run.json} where its form would take most of the page. Blocks and
 * warm-ups are left out. So are counts that are 0, empty lists, and the terms of a phase, which the
 * workload has. A run does not repeat the workload and the environment of the first run when they
 * are equal. {@code targetCounters} and {@code loadCounters} of a run have a list for each counter:
 * its values in the order of the phases. Texts of the figures are in the page's sections. Fractions
 * have six digits.
 */
final class EmbeddedJson {

  private EmbeddedJson() {}

  static Markup of(ReportModel comparison) {
    List<Run> runs = comparison.entries().stream().map(ReportedRun::run).toList();
    ObjectMapper mapper = new ObjectMapper();
    mapper.getFactory().setCharacterEscapes(new NoMarkup());
    mapper.addMixIn(PhaseResult.class, WithoutBlocks.class);
    mapper.registerModule(
        new SimpleModule()
            .addSerializer(Double.class, new ShortFraction())
            .addSerializer(double.class, new ShortFraction()));
    ArrayNode manifests = mapper.valueToTree(runs);
    manifests.forEach(run -> shorten((ObjectNode) run));
    leaveOutRepeated(manifests);
    ObjectNode figures = mapper.valueToTree(ChartJson.of(comparison));
    leaveOutSentences(figures);
    return Markup.join(script(mapper, "manifests", manifests), script(mapper, "figures", figures));
  }

  private static void leaveOutRepeated(ArrayNode manifests) {
    for (int i = 1; i < manifests.size(); i++) {
      ObjectNode run = (ObjectNode) manifests.get(i);
      for (String part : List.of("workload", "environment")) {
        if (run.path(part).equals(manifests.get(0).path(part))) {
          run.remove(part);
        }
      }
    }
  }

  /** Removes the texts that the sections show, and keeps those that tell percentiles. */
  private static void leaveOutSentences(JsonNode figures) {
    for (String part : List.of("costPerMillionDeliveries", "monthlyBills", "breakEvens")) {
      figures.path(part).findParents("text").forEach(each -> ((ObjectNode) each).remove("text"));
    }
    for (JsonNode parts : figures) {
      for (JsonNode part : parts) {
        ((ObjectNode) part)
            .remove(List.of("formula", "prices", "label", "ratioText", "overFloorText"));
      }
    }
  }

  private static void shorten(ObjectNode run) {
    ArrayNode phases = run.withArray("phases");
    leaveOut(phases, phase -> phase.at("/phase/warmUp").asBoolean());
    for (String side : List.of("target", "load")) {
      run.set(side + "Counters", takeCounters(phases, side));
    }
    for (JsonNode phase : phases) {
      ((ObjectNode) phase.get("phase")).retain("name");
      leaveOut(phase, part -> part.isContainerNode() && part.isEmpty());
      for (String counts : List.of("/books", "/target/cpuNanosByGroup", "/load/cpuNanosByGroup")) {
        leaveOut(phase.at(counts), EmbeddedJson::isZero);
      }
    }
    for (JsonNode phase : run.at("/workload/phases")) {
      leaveOut(phase.at("/bystanders"), EmbeddedJson::isZero);
      leaveOut(phase, part -> isZero(part) || (part.isContainerNode() && part.isEmpty()));
    }
  }

  /** Moves the counters of all phases into one list of values for each counter. */
  private static ObjectNode takeCounters(ArrayNode phases, String side) {
    ObjectNode counters = phases.objectNode();
    for (int i = 0; i < phases.size(); i++) {
      if (phases.get(i).get(side) instanceof ObjectNode usage) {
        JsonNode own = usage.remove("counters");
        for (Map.Entry<String, JsonNode> counter : own.properties()) {
          ArrayNode values = counters.withArrayProperty(counter.getKey());
          while (values.size() < i) {
            values.addNull();
          }
          values.add(counter.getValue());
        }
      }
    }
    leaveOut(counters, values -> values.valueStream().allMatch(EmbeddedJson::isZero));
    return counters;
  }

  private static boolean isZero(JsonNode value) {
    return value.isNull() || (value.isNumber() && value.asDouble() == 0);
  }

  private static void leaveOut(JsonNode parts, Predicate<JsonNode> superfluous) {
    Iterator<JsonNode> each = parts.iterator();
    while (each.hasNext()) {
      if (superfluous.test(each.next())) {
        each.remove();
      }
    }
  }

  private static Markup script(ObjectMapper mapper, String id, Object content) {
    try {
      return Markup.of(
          "<script type=\"application/json\" id=\"{}\">{}</script>\n",
          id,
          Markup.raw(mapper.writeValueAsString(content)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read cannot be written", e);
    }
  }

  /** A phase as the page has it. */
  @JsonIgnoreProperties("blocks")
  private interface WithoutBlocks {}

  /** Writes whole numbers whole, and others in six digits. */
  private static final class ShortFraction extends JsonSerializer<Double> {

    private static final MathContext DIGITS = new MathContext(6);
    private static final double WHOLE = 1e15;

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isNaN() || value.isInfinite()) {
        json.writeNumber(value);
      } else if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
        json.writeNumber(value.longValue());
      } else {
        json.writeNumber(new BigDecimal(value).round(DIGITS).doubleValue());
      }
    }
  }

  /** Writes what could end the element, or trouble an XML parser, as JSON escapes. */
  private static final class NoMarkup extends CharacterEscapes {

    @Serial private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] escapes = CharacterEscapes.standardAsciiEscapesForJSON();
      for (char c : new char[] {'<', '>', '&', 0x7f}) {
        escapes[c] = ESCAPE_CUSTOM;
      }
      return escapes;
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      return new SerializedString(String.format(Locale.ROOT, "\\u%04x", c));
    }
  }
}
