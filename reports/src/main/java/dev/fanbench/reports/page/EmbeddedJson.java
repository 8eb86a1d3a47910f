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
import java.util.function.Predicate;

/**
 * The runs' manifests and the charts' figures inside the page, so that it is its own source. Blocks
 * and warm-ups are left out: they would be most of the page, and {@code run.json} has them. So are
 * counts that are 0, empty lists, and the terms of a phase, which the workload has. Fractions have
 * six digits.
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
    manifests.forEach(run -> leaveOut(run.withArray("phases")));
    return Markup.join(
        script(mapper, "manifests", manifests),
        script(mapper, "figures", ChartJson.of(comparison)));
  }

  private static void leaveOut(ArrayNode phases) {
    Iterator<JsonNode> each = phases.iterator();
    while (each.hasNext()) {
      JsonNode phase = each.next();
      if (phase.at("/phase/warmUp").asBoolean()) {
        each.remove();
      }
      ((ObjectNode) phase.get("phase")).retain("name");
      leaveOut(phase, part -> part.isContainerNode() && part.isEmpty());
      for (String counts :
          List.of("/books", "/target/counters", "/load/counters", "/load/cpuNanosByGroup")) {
        leaveOut(phase.at(counts), count -> count.isNumber() && count.asDouble() == 0);
      }
    }
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
