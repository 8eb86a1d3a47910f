package dev.fanbench.reports.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.reports.export.ChartJson;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.io.Serial;
import java.util.List;
import java.util.Locale;

/** The runs' manifests and the charts' figures inside the page, so that it is its own source. */
final class EmbeddedJson {

  private EmbeddedJson() {}

  static Markup of(ReportModel comparison) {
    List<Run> runs = comparison.entries().stream().map(ReportedRun::run).toList();
    return Markup.join(script("manifests", runs), script("figures", ChartJson.of(comparison)));
  }

  private static Markup script(String id, Object content) {
    ObjectMapper mapper = new ObjectMapper();
    mapper.getFactory().setCharacterEscapes(new NoMarkup());
    try {
      return Markup.of(
          "<script type=\"application/json\" id=\"{}\">{}</script>\n",
          id,
          Markup.raw(mapper.writeValueAsString(content)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read cannot be written", e);
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
