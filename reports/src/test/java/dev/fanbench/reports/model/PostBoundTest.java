package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.Runs;
import dev.fanbench.reports.page.HtmlPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostBoundTest {

  @TempDir private Path directory;

  @Test
  void postsInARowOfTheLargestRoomAreOnThePage() throws IOException {
    ReportModel comparison =
        new Runs(directory).inMemory("netty").posting(30, "parallel").compared();

    List<PostBound> bounds = PostBound.of(comparison.fanOut());
    assertEquals(1, bounds.size());
    PostBound bound = bounds.get(0);
    assertEquals(100, bound.members());
    assertEquals(4, bound.inARow());
    assertEquals(12e6, bound.nanos());
    assertTrue(bound.binds());
    assertTrue(
        bound
            .text()
            .startsWith(
                "serverless postConcurrency=30 broadcast=parallel: 100 members with 30 posts in flight are 4 posts in a row; the smallest"
                    + " post drawn took 3 ms, so 12 ms. Measured at best: "),
        bound.text());
    assertTrue(HtmlPage.of(comparison).contains(bound.text()));
  }

  @Test
  void severalInvocationsAreNotBound() throws IOException {
    ReportModel comparison = new Runs(directory).posting(30, "invocations").compared();

    assertFalse(PostBound.of(comparison.fanOut()).get(0).binds());
  }

  @Test
  void roomsThatFitInFlightHaveNoBound() throws IOException {
    ReportModel comparison = new Runs(directory).posting(100, "parallel").compared();

    assertEquals(List.of(), PostBound.of(comparison.fanOut()));
  }
}
