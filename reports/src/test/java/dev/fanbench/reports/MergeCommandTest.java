package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MergeCommandTest {

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void whatIsMergedCanBeReported() throws IOException {
    Path merged = directory.resolve("merged");
    assertEquals(0, execute(remote(), remote(), "--out", merged.toString()));
    assertTrue(out.toString().startsWith(merged + ": VALID, of 2 load processes"), out::toString);
    Report report = ReportWriter.write(List.of(merged), directory.resolve("site"));
    String page = Files.readString(report.page());
    assertTrue(page.contains("load processes"), "the page says that there were several");
  }

  @Test
  void whatCannotBeMergedIsAnsweredInOneSentence() throws IOException {
    String local =
        new Runs(directory.resolve("local")).inMemory("netty").directories().get(0).toString();
    assertEquals(2, execute(remote(), local, "--out", directory.resolve("merged").toString()));
    assertTrue(errors.toString().contains("measured a target that it started itself"));
    assertEquals(1, errors.toString().lines().count());
  }

  @Test
  void twoRunsAndADirectoryAreNeeded() throws IOException {
    assertEquals(2, execute(remote(), "--out", directory.resolve("merged").toString()));
    assertEquals(2, execute(remote(), remote()));
  }

  private String remote() throws IOException {
    return new Runs(directory.resolve("remote"))
        .remote("chat.example")
        .directories()
        .get(0)
        .toString();
  }

  private int execute(String... arguments) {
    return new CommandLine(new MergeCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
