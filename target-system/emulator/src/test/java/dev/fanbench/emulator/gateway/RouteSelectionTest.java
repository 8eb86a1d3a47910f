package dev.fanbench.emulator.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.template.BodyMapping;
import dev.fanbench.emulator.template.ContentHandling;
import dev.fanbench.emulator.template.EmulatorRoute;
import dev.fanbench.emulator.template.Integration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteSelectionTest {

  @Test
  void keyIsMatchedExactlyElseDefault() {
    RouteSelection selection = selection("$request.body.action", "join", "$default");
    assertEquals("join", selected(selection, "{\"action\":\"join\"}"));
    assertEquals("$default", selected(selection, "{\"action\":\"Join\"}"));
    assertEquals("$default", selected(selection, "{\"action\":\"$connect\"}"));
    assertEquals("$default", selected(selection, "{\"x\":{\"action\":\"join\"}}"));
    assertEquals("$default", selected(selection, "[\"join\"]"));
    assertEquals("$default", selected(selection, "join"));
    assertEquals("$default", selected(selection, "{\"action\":\"join\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"join\"} 5",
        "{\"action\":\"join\"}\n{\"action\":\"join\"}",
        "{\"action\":\"join\"} {}",
        "{\"action\":\"join\"}[{\"action\":\"join\"}]",
        "{\"action\":\"join\"} nonsense",
        "{\"action\":\"join\"}}",
        "5 {\"action\":\"join\"}",
        "[] {\"action\":\"join\"}",
        "[{\"action\":\"join\"}",
        "{\"action\":\"join\",\"x\":[}",
        "{\"action\"",
        "null",
        "",
        "\u0000",
      })
  void moreOrLessThanOneValueIsNoJson(String message) {
    RouteSelection selection = selection("$request.body.action", "join", "$default");
    assertEquals("$default", selected(selection, message));
  }

  @Test
  void valuesThatNestTooDeepAreNoJsonAndOthersAreSkipped() {
    RouteSelection selection = selection("$request.body.action", "join", "$default");
    String deep = "{\"x\":%s,\"action\":\"join\"}";
    assertEquals("join", selected(selection, deep.formatted("[".repeat(900) + "]".repeat(900))));
    assertEquals(
        "$default", selected(selection, deep.formatted("[".repeat(60_000) + "]".repeat(60_000))));
    assertEquals("$default", selected(selection, "{\"action\":".repeat(10_000)));
  }

  @Test
  void pathsAndKindsOfValues() {
    RouteSelection deep = selection("${request.body.a.b}", "x", "7", "true", "$default");
    assertEquals("x", selected(deep, "{\"a\":{\"c\":[{\"b\":\"y\"}],\"b\":\"x\"},\"b\":\"z\"}"));
    assertEquals("7", selected(deep, "{\"a\":{\"b\":7}}"));
    assertEquals("true", selected(deep, "{\"a\":{\"b\":true}}"));
    assertEquals("$default", selected(deep, "{\"a\":{\"b\":null}}"));
  }

  @Test
  void severalVariablesAndText() {
    RouteSelection both = selection("v1/${request.body.a}-${request.body.b}", "v1/x-y", "v1/x-");
    assertEquals("v1/x-y", selected(both, "{\"a\":\"x\",\"b\":\"y\"}"));
    assertEquals("v1/x-", selected(both, "{\"a\":\"x\"}"));
  }

  @Test
  void withoutDefaultThereMayBeNoRoute() {
    assertEquals("none", selected(selection("$request.body.action", "join"), "hello"));
  }

  private static RouteSelection selection(String expression, String... keys) {
    BodyMapping none = BodyMapping.only(ContentHandling.PASSTHROUGH);
    Map<String, EmulatorRoute> routes = new TreeMap<>();
    for (String key : keys) {
      routes.put(
          key,
          new EmulatorRoute(
              key,
              new Integration.Mock(none, none, Duration.ofSeconds(1)),
              false,
              Optional.empty()));
    }
    return new RouteSelection(expression, routes);
  }

  private static String selected(RouteSelection selection, String message) {
    return selection.select(message).map(EmulatorRoute::key).orElse("none");
  }
}
