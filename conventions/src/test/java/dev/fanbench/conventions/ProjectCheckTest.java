package dev.fanbench.conventions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule finds what breaks it in a small project, and nothing else. */
class ProjectCheckTest {
  private static final String LONG =
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
          + " sixteen seventeen eighteen nineteen twenty and one more and two more and three more"
          + " and four.";

  @TempDir Path root;

  @BeforeEach
  void module() throws IOException {
    write("load/pom.xml", "<project/>");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> found() throws IOException {
    return new ProjectCheck(new ProjectTree(root), Set.of("Units"))
        .findings().stream()
            .map(finding -> finding.rule().key() + " " + finding.file() + ":" + finding.line())
            .toList();
  }

  @Test
  void javadocThatOpensWithAQuestionWord() throws IOException {
    write(
        "load/src/main/java/a/Seat.java",
        "package a;\n/** How it is found. */\nclass Seat {\n  /** The row, which is one. */\n  int row;"
            + "\n  /** Where it is. */\n  void at() {}\n}\n");
    String file = "question-opening load/src/main/java/a/Seat.java:";
    assertEquals(List.of(file + 3, file + 7), found());
  }

  @Test
  void clausesInThePlaceOfANoun() throws IOException {
    write(
        "load/src/main/java/a/Seat.java",
        """
        package a;
        /** A seat. Who sits there is seen. */
        class Seat {
          String a = "What is this?", b = "Whose it is, is said";
        }
        """);
    assertEquals(
        List.of(
            "noun-clause load/src/main/java/a/Seat.java:3",
            "noun-clause load/src/main/java/a/Seat.java:4"),
        found());
  }

  @Test
  void unnamedPersonsInJavadocMessagesAndMarkdown() throws IOException {
    write(
        "load/src/main/java/a/Seat.java",
        "package a;\n/** A seat. @return nobody */\nclass Seat {\n  String a = \"Anybody may\";\n}\n");
    write(
        "README.md", "# Title\n\nA line\nfor somebody\n\n```\nnobody\n```\n\nSee `whom` there.\n");
    assertEquals(
        List.of(
            "unnamed-person load/src/main/java/a/Seat.java:3",
            "unnamed-person load/src/main/java/a/Seat.java:4",
            "unnamed-person README.md:3"),
        found());
  }

  @Test
  void longSentencesEachOnce() throws IOException {
    write("README.md", "Short. " + LONG + " Short.\n\n- " + LONG + "\n\n| " + LONG + " | b |\n");
    assertEquals(
        List.of(
            "long-sentence README.md:1", "long-sentence README.md:3", "long-sentence README.md:5"),
        found());
  }

  @Test
  void namesInThePluralNamesUsedTwiceAndEmptySuffixes() throws IOException {
    write("load/src/main/java/a/Seats.java", "package a;\nclass Seats {}\n");
    write("load/src/main/java/a/Units.java", "package a;\nclass Units {}\n");
    write("load/src/main/java/a/Status.java", "package a;\nclass Status { class PathHelper {} }\n");
    write("load/src/main/java/b/Status.java", "package b;\nclass Status {}\n");
    assertEquals(
        List.of(
            "plural-name load/src/main/java/a/Seats.java:2",
            "empty-suffix load/src/main/java/a/Status.java:2",
            "name-used-twice load/src/main/java/b/Status.java:2"),
        found());
  }

  @Test
  void clockReadsOutsideClocks() throws IOException {
    String read = "class %s {\n  long at() {\n    return System.nanoTime();\n  }\n}\n";
    write("load/src/main/java/a/SystemClock.java", "package a;\n" + read.formatted("SystemClock"));
    write("load/src/main/java/a/Sender.java", "package a;\n" + read.formatted("Sender"));
    assertEquals(List.of("clock-read load/src/main/java/a/Sender.java:4"), found());
  }

  @Test
  void numbersInTheFormatOfTheDefaultLocale() throws IOException {
    write(
        "load/src/main/java/a/Seat.java",
        """
        package a;
        class Seat {
          String a = "%.2f".formatted(1.0);
          String b = ("%s of " + "%,d").formatted("a", 1);
          java.util.function.Function<Double, String> c = "%5.1f"::formatted;
          String d = String.format("%,.0f", 1.0);
          String e = String.format(java.util.Locale.ROOT, "%.2f", 1.0);
          String f = "%d of %s, 0.1%%, from 5%%.".formatted(1, "a");
        }
        """);
    String file = "default-locale load/src/main/java/a/Seat.java:";
    assertEquals(List.of(file + 3, file + 4, file + 5, file + 6), found());
  }
}
