package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuetReaderTest {

  @Test
  void eachSideHasItsOwnTargetAndSettings() {
    List<Options> sides =
        read(side("a", "target=netty", "deflate=on"), side("b", "target=serverless"));
    assertEquals(List.of("netty"), Typed.labels(sides.get(0)));
    assertEquals(List.of("serverless"), Typed.labels(sides.get(1)));
    assertTrue(sides.get(0).get(OptionCatalog.DEFLATE));
    assertEquals(sides.get(0).workload(), sides.get(1).workload());
  }

  @Test
  void targetsOfOneNameGetTheLetterOfTheirSideInWhateverOrder() {
    List<Options> sides =
        read(side("b", "target=floor", "slowdown=0.1"), side("a", "target=floor"));
    assertEquals(List.of("floor-b"), Typed.labels(sides.get(0)));
    assertEquals(List.of("floor-a"), Typed.labels(sides.get(1)));
  }

  @Test
  void blocksLastHalfASecondAtMost() {
    Options options =
        read(
                side("a", "target=floor", "duration=20s", "warmUp=3s", "rate=40"),
                side("b", "target=floor", "duration=20s", "warmUp=3s", "rate=40"))
            .get(0);
    for (Phase phase : Typed.measured(options)) {
      assertEquals(40, phase.blocks(), phase.name());
    }
  }

  @Test
  void bothSidesTakeTheSameLoad() {
    assertRefused(
        "A duet offers both sides the same load",
        side("a", "target=floor", "rate=5"),
        side("b", "target=floor", "rate=6"));
  }

  @Test
  void oneLoadIsKeptApartFromBothOrFromNone() {
    assertRefused(
        "A duet has one load, which pin= keeps apart from both sides or from none.",
        side("a", "target=floor", "pin=auto"),
        side("b", "target=floor", "pin=off"));
  }

  @Test
  void aSideHasOneTarget() {
    assertRefused(
        "A duet takes one target a side, and one side has 2: netty, floor.",
        side("a", "target=netty,floor"),
        side("b", "target=netty"));
  }

  @Test
  void aServerThatRunsAlreadyCannotBeBothSides() {
    String url = "target=ws://127.0.0.1:9000/";
    assertRefused("is on both sides; a duet of servers", side("a", url), side("b", url));
    List<Options> two = read(side("a", url), side("b", "target=ws://127.0.0.1:9001/"));
    assertEquals(List.of("127.0.0.1-9001"), Typed.labels(two.get(1)));
  }

  @Test
  void runReadsASideFromEachFile(@TempDir Path directory) throws IOException {
    Properties shared = new Properties();
    shared.setProperty("fanbench.home", "..");
    assertEquals(1, DuetReader.read(shared, Typed.FANOUT, "quick").size());
    Path a = write(directory.resolve("a"), side("a", "target=floor"));
    Path b = write(directory.resolve("b"), side("b", "target=floor"));
    shared.setProperty("fanbench.duet", a + "," + b);
    List<Options> sides = DuetReader.read(shared, Typed.FANOUT, "quick");
    assertEquals(List.of("floor-a"), Typed.labels(sides.get(0)));
    assertEquals(List.of("floor-b"), Typed.labels(sides.get(1)));
    shared.setProperty("fanbench.duet", a + "," + directory.resolve("none"));
    assertThrows(BadOption.class, () -> DuetReader.read(shared, Typed.FANOUT, "quick"));
  }

  private static Path write(Path file, Properties settings) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    return file;
  }

  private static void assertRefused(String answer, Properties first, Properties second) {
    String message = assertThrows(BadOption.class, () -> read(first, second)).getMessage();
    assertTrue(message.contains(answer), message);
  }

  private static List<Options> read(Properties first, Properties second) {
    return DuetReader.of(List.of(first, second), Typed.FANOUT, "quick");
  }

  private static Properties side(String letter, String... settings) {
    Properties properties = new Properties();
    properties.setProperty(DuetReader.LETTER, letter);
    properties.setProperty("fanbench.home", "..");
    properties.setProperty("fanbench.floor", "off");
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      properties.setProperty(
          "fanbench." + setting.substring(0, equals), setting.substring(equals + 1));
    }
    return properties;
  }
}
