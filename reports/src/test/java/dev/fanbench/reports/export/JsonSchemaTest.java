package dev.fanbench.reports.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.fanbench.reports.ReportWriter;
import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JSON files are as {@code docs/schemas} says, so that scripts may rely on it. */
public class JsonSchemaTest {
  private static final Path HOME = Path.of("..");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void summariesOfRecordedAndOfSimulatedRuns() throws IOException {
    Path published = directory.resolve("published");
    ReportWriter.write(runs(HOME.resolve("reports/published")), published);
    Path simulated = directory.resolve("simulated");
    List<Path> runs =
        new Runs(directory.resolve("runs"))
            .inMemory("netty")
            .serverless("serverless")
            .floor()
            .directories();
    ReportWriter.write(runs, simulated);
    for (Path site : List.of(published, simulated)) {
      assertValid("summary-1.json", site.resolve("summary.json"));
    }
  }

  @Test
  void publishedRuns() throws IOException {
    for (Path run : runs(HOME.resolve("reports/published"))) {
      assertValid("run-1.json", run.resolve("run.json"));
    }
  }

  /** A schema that allows anything would hold for anything. */
  @Test
  void aKeyThatIsMissingIsFound() throws IOException {
    JsonSchema schema = schema("summary-1.json");
    Path site = directory.resolve("site");
    ReportWriter.write(runs(HOME.resolve("reports/published")), site);
    ObjectNode summary = (ObjectNode) JSON.readTree(site.resolve("summary.json").toFile());
    ((ObjectNode) summary.get("finding")).remove("sentence");
    assertFalse(schema.validate(summary).isEmpty());
  }

  /** For the tests of the commands that write such files. */
  public static void assertValid(String schema, Path file) throws IOException {
    JsonNode json = JSON.readTree(file.toFile());
    Set<ValidationMessage> wrong = schema(schema).validate(json);
    assertEquals(Set.of(), wrong, () -> file + " is not as docs/schemas/" + schema + " says");
  }

  private static JsonSchema schema(String name) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(HOME.resolve("docs/schemas").resolve(name)));
  }

  private static List<Path> runs(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(child -> Files.exists(child.resolve("run.json"))).sorted().toList();
    }
  }
}
