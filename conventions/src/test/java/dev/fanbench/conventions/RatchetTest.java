package dev.fanbench.conventions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatchetTest {
  private static final ProjectTree TREE = ProjectTree.here();

  @Test
  void projectBreaksNoRuleMoreOftenThanAllowed() throws IOException {
    Properties plurals = reasons();
    ProjectCheck check = new ProjectCheck(TREE, plurals.stringPropertyNames());
    List<BrokenRule> findings = check.findings();
    Ratchet ratchet = Ratchet.read(TREE.root().resolve("conventions/ratchet.properties"));
    List<String> differences = ratchet.differences(findings);
    assertTrue(differences.isEmpty(), () -> "\n" + String.join("\n", differences));
    assertTrue(
        plurals.size() * 20 <= check.topLevelTypes(),
        () -> plurals.size() + " class names in the plural; 5 % is the most");
  }

  private static Properties reasons() throws IOException {
    Properties reasons = new Properties();
    Path file = TREE.root().resolve("conventions/plural-names.properties");
    try (Reader reader = Files.newBufferedReader(file)) {
      reasons.load(reader);
    }
    for (String name : reasons.stringPropertyNames()) {
      assertTrue(!reasons.getProperty(name).isBlank(), () -> name + " has no reason");
    }
    return reasons;
  }

  @Test
  void everyModuleHasAnArchitectureTest() throws IOException {
    List<Path> without = new ArrayList<>();
    for (Path module : TREE.modules()) {
      if (module.startsWith("docs/examples")) {
        // A user's project, which has no modules.
        continue;
      }
      if (TREE.javaFiles(module, "src/test/java").stream()
          .noneMatch(file -> file.endsWith("ArchitectureTest.java"))) {
        without.add(module);
      }
    }
    assertEquals(List.of(), without);
  }

  @Test
  void everyPackageIsDescribed() throws IOException {
    List<Path> without = new ArrayList<>();
    for (Path module : TREE.modules()) {
      for (Path file : TREE.javaFiles(module, "src/main/java")) {
        if (!Files.exists(file.resolveSibling("package-info.java"))) {
          without.add(file);
        }
      }
    }
    assertEquals(List.of(), without);
  }

  @Test
  void moreAndFewerThanAllowedAreBothDifferences(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("ratchet.properties");
    Files.writeString(file, "long-sentence.docs=1\nclock-read.jmh=2\n");
    Ratchet ratchet = Ratchet.read(file);
    BrokenRule sentence =
        new BrokenRule(LanguageRule.LONG_SENTENCE, "docs", Path.of("README.md"), 7, "So long");
    assertEquals(
        List.of(
            "clock-read.jmh=2 is too high; write clock-read.jmh=0",
            "long-sentence.docs: 2, allowed are 1 (a sentence of more than 30 words)\n"
                + "  README.md:7: So long\n  README.md:7: So long"),
        ratchet.differences(List.of(sentence, sentence)));
  }
}
