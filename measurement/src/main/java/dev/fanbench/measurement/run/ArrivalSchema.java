package dev.fanbench.measurement.run;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code publications.csv-metadata.json}: the columns of {@code publications.csv} and the meaning
 * of their empty cells, in the form that the W3C defines for tables (CSV on the Web). Tools that
 * know it find it beside the table by its name.
 */
public final class ArrivalSchema {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String TIME = "in nanoseconds since the epoch of the run";

  private static final List<Column> COLUMNS =
      List.of(
          new Column("phase", "string", "Name of the phase."),
          new Column("n", "integer", "Index of the arrival in its phase, from 0."),
          new Column("intended", "long", "Time at which the schedule said to send, " + TIME + "."),
          new Column(
              "sent", "long", "Time of the send, " + TIME + ". Empty: the arrival was not sent."),
          new Column(
              "first",
              "long",
              "Time of the first delivery, " + TIME + ". Empty: it reached no subscriber."),
          new Column(
              "last",
              "long",
              "Time of the last delivery seen, " + TIME + ". Empty: it reached no subscriber."),
          new Column("delivered", "integer", "Deliveries seen by the drain deadline."),
          new Column(
              "missing",
              "integer",
              "Deliveries not seen by then. With any of them there is no time to last delivery."),
          new Column(
              "lag",
              "long",
              "Longest time that the last delivery can have waited in the load, in nanoseconds."
                  + " Empty: it reached no subscriber, or the load did not record it."));

  private record Column(String name, String datatype, String description) {

    Map<String, String> json() {
      Map<String, String> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("datatype", datatype);
      json.put("null", "");
      json.put("dc:description", description);
      return json;
    }
  }

  private ArrivalSchema() {}

  /** Writes it into a run directory. */
  public static void write(RunDirectory directory) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("@context", "http://www.w3.org/ns/csvw");
    json.put("url", directory.publications().getFileName().toString());
    json.put("tableSchema", Map.of("columns", COLUMNS.stream().map(Column::json).toList()));
    Files.writeString(directory.publicationsSchema(), JSON.writeValueAsString(json) + "\n");
  }
}
