package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTotalTest {

  @Test
  void aRunOfConnectsAndRequestsSaysWhatBecameOfThem() {
    assertEquals("all 1,100 connects and requests answered", of(1_100, 1_100).text());
    assertEquals("1,099 of 1,100 connects and requests answered", of(1_100, 1_099).text());
    assertEquals("nothing was published", of(0, 0).text());
  }

  @Test
  void ofNothingPublishedNothingIsTicked() {
    assertEquals(Mark.UNKNOWN, Mark.of(of(0, 0)));
    assertEquals(Mark.GOOD, Mark.of(of(10, 10)));
    assertEquals(
        Mark.BAD, Mark.of(new DeliveryTotal(null, 10, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0, true)));
  }

  @Test
  void requestsWithoutAnAnswerAreNotAccountedFor() {
    DeliveryTotal total = new DeliveryTotal(null, 10, 10, 0, 0, 0, 0, 0, 0, 60, 59, 0, true);
    assertFalse(total.allAccounted() || total.clean());
    assertEquals(Mark.BAD, Mark.of(total));
    assertEquals(Mark.BAD, Mark.of(of(10, 9)));
    assertEquals(
        "all 10 delivered, each once and in order, 59 of 60 connects and requests answered",
        total.text());
  }

  @Test
  void publicationsThatWereNeverSentAreNotAccountedFor() {
    DeliveryTotal some = new DeliveryTotal(null, 10, 10, 0, 0, 0, 0, 0, 0, 60, 60, 3, true);
    assertFalse(some.allAccounted() || some.clean());
    assertEquals("all 10 delivered, each once and in order, 3 not sent", some.text());
    DeliveryTotal none = new DeliveryTotal(null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1_160, true);
    assertEquals(Mark.BAD, Mark.of(none));
    assertEquals("nothing was published, 1,160 not sent", none.text());
  }

  /** The run ended after half of its last phase, of which 160 publications were due. */
  @Test
  void aRunThatWasCutShortSaysHowManyItDidNotSend(@TempDir Path directory) throws IOException {
    ReportModel killed = new Runs(directory).killed("netty").compared();
    DeliveryTotal total = killed.accounted().get(0);
    assertEquals(80, total.unsent());
    assertEquals(Mark.BAD, Mark.of(total));
    assertTrue(total.text().endsWith(", 80 not sent"), total::text);
  }

  /** No publisher can send while its target is away, and recovery has a section of its own. */
  @Test
  void anOutageExplainsUnsentPublications(@TempDir Path directory) throws IOException {
    ReportModel interrupted = new Runs(directory).interrupted("netty").compared();
    assertEquals(0, interrupted.accounted().get(0).unsent());
    assertEquals(Mark.GOOD, Mark.of(interrupted.accounted().get(0)));
  }

  private static DeliveryTotal of(long asked, long answered) {
    return new DeliveryTotal(null, 0, 0, 0, 0, 0, 0, 0, 0, asked, answered, 0, true);
  }
}
