package dev.fanbench.reports.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.LiveServer;
import dev.fanbench.reports.ManualNanoClock;
import dev.fanbench.reports.model.LiveRun;
import dev.fanbench.reports.model.LiveView;
import dev.fanbench.reports.model.Standings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in progress, as who watches it sees it. */
class LiveInChromiumTest {

  private static Chromium chromium;
  private final ManualNanoClock clock = new ManualNanoClock();
  private final LiveRun run = new LiveRun(clock);
  private LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
  }

  @BeforeEach
  void beginARun() throws IOException {
    server = LiveServer.start(0, run, clock);
    run.begins("netty", Standings.FANOUT, 85);
    run.ticked("netty", Standings.second(40, 40, 0, 40, Standings.MILLI));
  }

  @AfterEach
  void endIt() {
    run.ended(new LiveView.Ending(List.of(), Optional.empty()));
    server.close();
  }

  @Test
  void followsTheRunToItsEndAndAsksNobodyElse() throws Exception {
    chromium.screen(1280, "light");
    chromium.open(server.address());
    run.ticked("netty", Standings.second(80, 80, 5, 40, 3 * Standings.MILLI));
    awaitText("5 missing, 795 of 800 delivered");
    run.begins("serverless", Standings.FANOUT, 40);
    awaitText("serverless: fanout-10");
    run.ended(new LiveView.Ending(List.of("netty: VALID"), Optional.of(Path.of("site/a.html"))));
    awaitText("site/a.html");
    assertEquals("fanbench: The run has ended", chromium.evaluate("document.title").asText());
    Set<String> own =
        Set.of(
            server.address().toString(),
            server.address() + "state",
            server.address() + "seconds",
            "data:,");
    assertTrue(own.containsAll(chromium.requests()), chromium.requests()::toString);
    assertEquals(List.of(), chromium.complaints());
  }

  @Test
  void theLastMinutesAreDrawnAsCurves() throws Exception {
    chromium.open(server.address());
    for (int second = 2; second <= 4; second++) {
      clock.moveTo(second * 1_000L * Standings.MILLI);
      run.ticked(
          "netty", Standings.second(40 * second, 40L * second, 0, 40, second * Standings.MILLI));
    }
    chromium.evaluate(until("document.querySelector('#times svg') !== null"));
    awaitCurve("#times .curve.t0", 4);
    awaitCurve("#times .curve.ref", 4);
    awaitCurve("#deliveries .curve.t0", 4);
    assertEquals(
        "M0 0",
        chromium
            .evaluate("document.querySelector('#times svg .curve.t1').getAttribute('d')")
            .asText(),
        "40 publications a second tell no p99");
    assertEquals(
        "0 ms,2.5 ms,5 ms,10 s ago,now",
        chromium
            .evaluate(
                "[...document.querySelectorAll('#times svg text')].map(t => t.textContent)+''")
            .asText());
    assertEquals(List.of(), chromium.complaints());
    assertEquals(List.of(), chromium.axe());
  }

  /** A curve of so many points, for as long as no other phase begins. */
  private static void awaitCurve(String path, int points) throws IOException {
    chromium.evaluate(
        until(
            "[...document.querySelectorAll('%s')].some(p => p.getAttribute('d').split('L').length === %d)"
                .formatted(path, points)));
  }

  @Test
  void whatATargetIsCalledCannotBecomeMarkup() throws Exception {
    String evil = "<img src=x onerror=\"document.title='!'\"><script>boom()</script>";
    chromium.open(server.address());
    run.begins(evil, Standings.FANOUT, 85);
    awaitText(evil);
    assertEquals(0, chromium.evaluate("document.querySelectorAll('main img').length").asInt());
    assertEquals(List.of(), chromium.complaints());
  }

  @Test
  void whoWatchesIsToldWhenTheRunDoesNotAnswer() throws Exception {
    chromium.open(server.address());
    server.close();
    chromium.evaluate(until("!document.getElementById('gone').hidden"));
    assertTrue(chromium.evaluate("document.body.innerText").asText().contains("fanout-10"));
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void axeFindsNoViolationAndNothingIsTooWide(int width, String scheme) throws Exception {
    chromium.screen(width, scheme);
    chromium.open(server.address());
    assertEquals(List.of(), chromium.axe());
    assertTrue(chromium.evaluate("document.documentElement.scrollWidth <= " + width).asBoolean());
  }

  private static void awaitText(String text) throws IOException {
    String quoted = text.replace("\\", "\\\\").replace("'", "\\'");
    chromium.evaluate(
        until("document.querySelector('main').textContent.includes('" + quoted + "')"));
  }

  /** A promise that is kept when this becomes true, which only the page's own doing makes it. */
  private static String until(String condition) {
    return """
        new Promise(kept => {
          const look = () => (%s) && kept(true);
          new MutationObserver(look).observe(
            document.body, {childList: true, subtree: true, attributes: true});
          look();
        })"""
        .formatted(condition);
  }
}
