package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbSideTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @Test
  void aTargetSettingsOrNothingAtAll() {
    assertEquals(List.of("target=netty"), words("netty"));
    assertEquals(List.of("broadcast=serial", "rate=20"), words("broadcast=serial,rate=20"));
    assertEquals(List.of(), words("standard"));
  }

  @Test
  void commasOfAValueStay() {
    assertEquals(
        List.of("subscribers=1,10", "target=netty,serverless"),
        words("subscribers=1,10,target=netty,serverless"));
  }

  @Test
  void anotherBuildIsAnotherCheckout() {
    AbSide side = AbSide.parse("build=" + HOME + ",rate=4", Path.of("/nowhere"));
    assertEquals(HOME, side.home());
    assertEquals(List.of("rate=4"), side.settings().words());
    String message =
        assertThrows(BadOption.class, () -> AbSide.parse("build=/nowhere", HOME)).getMessage();
    assertEquals(
        "build=/nowhere is not allowed; build takes the top directory of a checkout or release of"
            + " fanbench.",
        message);
  }

  /** A release has jars and the files of runs, and no sources. */
  @Test
  void aReleaseIsABuildToo(@TempDir Path release) throws IOException {
    Files.createDirectory(release.resolve("lib"));
    Files.createFile(Files.createDirectory(release.resolve("gatling")).resolve("load.jvmargs"));
    assertEquals(release, AbSide.parse("netty", release).home());
    assertEquals(release, AbSide.parse("build=" + release, HOME).home());
  }

  @Test
  void settingsOfTheServerlessTargetAreKnown() {
    assertTrue(AbSide.parse("broadcast=serial", HOME).isServerless(OptionIndex.of(HOME)));
    assertFalse(AbSide.parse("payloadBytes=100", HOME).isServerless(OptionIndex.of(HOME)));
  }

  @Test
  void neitherSideIsAlwaysFirst() {
    assertEquals(List.of(0, 1), Interleaving.order(1));
    assertEquals(List.of(1, 0), Interleaving.order(2));
    assertEquals(List.of(0, 1), Interleaving.order(3));
  }

  private static List<String> words(String side) {
    return AbSide.parse(side, HOME).settings().words();
  }
}
