package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of three designs, five runs of the whole default workload, has at most 300 KB. */
class PageSizeTest {

  private static final long MOST_BYTES = 307_200;

  @TempDir private Path directory;

  @Test
  void fiveRunsOfTheDefaultWorkloadFit() throws IOException {
    List<Path> runs = new ArrayList<>();
    try (Stream<Path> published = Files.list(Path.of("published"))) {
      published.filter(run -> run.toString().contains("-default-")).sorted().forEach(runs::add);
    }
    Path netty = runs.stream().filter(run -> run.toString().endsWith("-netty")).findAny().get();
    runs.add(asDurableObject(netty));
    Path page = ReportWriter.write(runs, directory.resolve("site")).page();
    assertTrue(Files.readString(page).contains("durable-object"), "the third design is there");
    assertTrue(Files.size(page) <= MOST_BYTES, Files.size(page) + " bytes");
  }

  /** A copy of a run, as if a Durable Object had been measured. */
  private Path asDurableObject(Path run) throws IOException {
    String id = run.getFileName().toString().replace("netty", "durable-object");
    Path copy = Files.createDirectory(directory.resolve(id));
    for (String file : List.of("latency.hlog", "publications.csv")) {
      Files.copy(run.resolve(file), copy.resolve(file));
    }
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode manifest = (ObjectNode) mapper.readTree(run.resolve("run.json").toFile());
    manifest.put("id", id);
    ObjectNode target = (ObjectNode) manifest.get("target");
    target.put("label", "durable-object").put("kind", "durable-object");
    mapper.writeValue(copy.resolve("run.json").toFile(), manifest);
    return copy;
  }
}
