package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.export.ServerJson;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import dev.fanbench.reports.readme.Readme;
import dev.fanbench.reports.readme.ReadmePicture;
import dev.fanbench.reports.readme.ReadmeTable;
import dev.fanbench.reports.readme.ServerMarkdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReadmeCommandTest {

  private static final Path HOME = Path.of("..");
  private static final String PICTURE = "docs/fan-out.svg";

  @TempDir private Path directory;
  private final StringWriter errors = new StringWriter();

  /** If this test fails: {@code ./fanbench readme} writes both anew. */
  @Test
  void readmeAndPictureShowThePublishedRuns() throws IOException {
    ReportModel published =
        ReportWriter.compare(ReadmeCommand.runs(HOME.resolve("reports").resolve("published")));
    String readme = Files.readString(HOME.resolve("README.md"));
    assertEquals(Readme.with(readme, ReadmeTable.of(published, PICTURE)), readme);
    assertEquals(
        drawing(ReadmePicture.of(published)), drawing(Files.readString(HOME.resolve(PICTURE))));
  }

  /** Each group of targets has a floor of its own. */
  @Test
  void theFloorIsThatOfTheFirstColumnsGroup() throws IOException {
    ReportModel published =
        ReportWriter.compare(ReadmeCommand.runs(HOME.resolve("reports").resolve("published")));
    Run netty =
        published.entries().stream()
            .map(ReportedRun::run)
            .filter(run -> run.target().label().equals("netty"))
            .findFirst()
            .orElseThrow();
    List<String> floors =
        published.headlineCpu().stream()
            .filter(cost -> cost.entry().reference())
            .filter(cost -> cost.entry().run().tookTurnsWith(netty))
            .map(cost -> UnitFormat.time(cost.nanosPerDelivery()) + " of CPU per delivery")
            .toList();
    assertEquals(1, floors.size());
    String table = ReadmeTable.of(published, PICTURE);
    assertTrue(table.contains(floors.get(0)), table);
  }

  /** If this test fails: {@code ./fanbench readme} writes the page anew. */
  @Test
  void pageOfServersShowsThePublishedFigures() throws IOException {
    Path file = HOME.resolve("reports").resolve("published").resolve("servers.json");
    String page = Files.readString(HOME.resolve("docs").resolve("servers.md"));
    String figures = ServerMarkdown.of(ServerJson.read(Files.readString(file)));
    assertEquals(Readme.with(page, figures), page);
    assertTrue(Files.size(file) < 32 * 1024, "published figures are small");
  }

  @Test
  void publishesAComparisonOfServers() throws IOException {
    new Runs(directory.resolve("runs")).inMemory("netty").serverless("serverless").floor();
    List<Path> servers =
        new Runs(directory.resolve("servers")).floorOfServers().server("ws").directories();
    Files.createDirectory(directory.resolve("docs"));
    Files.writeString(directory.resolve("README.md"), Readme.START + Readme.END);
    Path page =
        Files.writeString(
            directory.resolve("docs").resolve("servers.md"),
            "before\n" + Readme.START + Readme.END);
    assertEquals(
        0,
        execute(
            "--published",
            "runs",
            "--servers",
            servers.get(0).toString(),
            servers.get(1).toString()),
        errors.toString());
    assertTrue(Files.exists(directory.resolve("runs").resolve("servers.json")));
    assertTrue(Files.readString(page).contains("| [ws](../servers/ws) | 1.2.3 | "));
  }

  @Test
  void runsThatCompareNoServersAreRefused() throws IOException {
    List<Path> runs = new Runs(directory.resolve("runs")).inMemory("netty").directories();
    assertEquals(2, execute("--published", "runs", "--servers", runs.get(0).toString()));
    assertTrue(errors.toString().contains("no comparison of servers"), errors.toString());
  }

  /** The picture without its style sheet, whose changes are no change of figures. */
  private static String drawing(String picture) {
    return picture.replaceFirst("(?s)<style>.*?</style>", "");
  }

  @Test
  void everyRunHasColumnsAndAllButTheBestARatio() throws IOException {
    ReportModel three =
        new Runs(directory)
            .inMemory("netty")
            .serverless("serverless")
            .modelled("aws")
            .floor()
            .compared();
    List<String> lines = ReadmeTable.of(three, PICTURE).lines().toList();
    assertEquals(
        "| time to last delivery | in memory p50 | p90 |"
            + " serverless, emulated p50 | p90 | ÷ best |"
            + " serverless-aws, emulated, latencies assumed p50 | p90 | ÷ best |",
        lines.get(2));
    assertEquals("|---|--:|--:|--:|--:|--:|--:|--:|--:|", lines.get(3));
    for (String line : lines.subList(2, lines.size() - 2)) {
      assertEquals(10, line.chars().filter(c -> c == '|').count(), line);
    }
    assertTrue(lines.get(4).startsWith("| 1 subscriber | "), lines.get(4));
    assertTrue(lines.get(lines.size() - 1).contains("The floor, which only writes, took "));
  }

  @Test
  void aFloorThatIsNotValidIsNotQuoted() throws IOException {
    ReportModel late =
        new Runs(directory)
            .inMemory("netty")
            .serverless("serverless")
            .floor()
            .comparedWithInvalid("floor");
    String table = ReadmeTable.of(late, PICTURE);
    assertFalse(table.contains("The floor"), table);
  }

  @Test
  void writesBothFiles() throws IOException {
    new Runs(directory.resolve("runs")).inMemory("netty").serverless("serverless").floor();
    Files.createDirectory(directory.resolve("docs"));
    Path readme =
        Files.writeString(
            directory.resolve("README.md"), "before\n" + Readme.START + "replaced\n" + Readme.END);
    assertEquals(0, execute("--published", "runs"));
    String text = Files.readString(readme);
    assertTrue(text.startsWith("before\n" + Readme.START + "![Half of the time"), text);
    assertFalse(text.contains("replaced"));
    String picture = Files.readString(directory.resolve(PICTURE));
    assertTrue(picture.startsWith("<svg "));
    // Viewers of SVG files without variables draw everything that uses one in black.
    assertFalse(picture.contains("var("), picture);
    assertFalse(picture.contains("--paper"), picture);
    assertTrue(picture.contains("fill: #"), picture);
  }

  @Test
  void aReadmeWithoutMarkersIsLeftAlone() throws IOException {
    new Runs(directory.resolve("runs")).inMemory("netty");
    Files.writeString(directory.resolve("README.md"), "nothing");
    assertEquals(2, execute("--published", "runs"));
    assertTrue(errors.toString().contains(Readme.START.strip()), errors.toString());
    assertEquals("nothing", Files.readString(directory.resolve("README.md")));
  }

  @Test
  void aMissingDirectoryIsNamed() {
    assertEquals(2, execute("--published", "nowhere"));
    assertTrue(errors.toString().contains("nowhere"), errors.toString());
  }

  private int execute(String... arguments) {
    return new CommandLine(new ReadmeCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(errors, true))
        .execute(
            Stream.concat(Stream.of("--home", directory.toString()), Stream.of(arguments))
                .toArray(String[]::new));
  }
}
