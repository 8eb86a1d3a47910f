package dev.fanbench.emulator.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.json.JsonTree;
import dev.fanbench.emulator.template.BodyMapping;
import dev.fanbench.emulator.template.ContentHandling;
import dev.fanbench.emulator.template.PassthroughBehavior;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What templates, selection, parameters and conversions make of a payload. */
class MappingTest {
  private static final String EVENT =
      """
      {"requestContext":{"connectionId":"L0SM9cOFvHcCIhw=","eventType":"MESSAGE","routeKey":"$default",
       "connectedAt":1700000000000,"requestTimeEpoch":1700000000123,
       "identity":{"sourceIp":"127.0.0.1"},"authorizer":{"principalId":"ann"}},
       "headers":{"X-Kind":"test"},"queryStringParameters":{"room":"a b"},"body":%s}""";

  private final MappingEngine engine = new MappingEngine(Map.of("colour", "blue"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$context.connectionId|L0SM9cOFvHcCIhw=",
        "$context.identity.sourceIp $context.authorizer.principalId|127.0.0.1 ann",
        "$context.requestTimeEpoch|1700000000123",
        "$stageVariables.colour|blue",
        "$input.json('$.text')|\"hi\"",
        "$input.json('$')|{\"text\":\"hi\",\"list\":[1,{\"b\":1.50}],\"a b\":null}",
        "$input.path('$.list[1].b') $input.path('$.list').size()|1.50 2",
        "$input.json(\"$['a b']\")|\"\"",
        "<$context.nothing$context.no.where$input.path('$.no')>|<>",
        "#foreach($item in $input.path('$.list'))$foreach.index#if($foreach.hasNext),#end#end|0,1",
        "#set($t = $input.path('$.text'))#if($t == 'hi')yes#{else}no#end|yes",
      })
  void templatesSeeContextInputStageVariablesAndUtil(String template, String expected) {
    assertEquals(
        expected, render(template, "{\"text\":\"hi\",\"list\":[1,{\"b\":1.50}],\"a b\":null}"));
  }

  @Test
  void inputBodyIsTheMessageByteForByte() {
    for (String message : new String[] {"", "no {JSON", "$context.connectionId #set($x = 1)"}) {
      assertEquals("<" + message + ">", render("<$input.body>", message));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "it's",
        "a \\' b \\\\' c",
        "\"quoted\" </script> \\",
        "\u0000\n\r\t\b\f\u007f",
        "gr\u00fc\u00dfe \ud83d\ude00 \u2028",
        "$input.body ${x} #end"
      })
  void escapedTextIsTheSameTextInJson(String message) throws Exception {
    String json =
        render(
            "{\"body\":\"$util.escapeJavaScript($input.body).replaceAll(\"\\\\'\",\"'\")\"}",
            message);
    assertEquals(Map.of("body", message), JsonTree.read(json));
  }

  @Test
  void escapeJavaScriptAloneBreaksJsonAtASingleQuoteAsOnAws() {
    assertEquals("it\\'s", render("$util.escapeJavaScript($input.body)", "it's"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$input.getClass()",
        "$input.class",
        "$input.class.name",
        "$context.class",
        "$context.getClass().forName('java.lang.Runtime')",
        "$util.getClass().getClassLoader()",
        "$util.declaringClass",
        "$context.connectionId.getClass()",
        "$context.connectionId.class.forName('java.lang.System').getProperty('user.dir')",
        "#set($s = '')$s.class$s.getClass()",
        "$input.path('$').entrySet()",
        "#foreach($x in [1..2])$foreach.parent$foreach.class#end",
        "$context.put('a', 'b')$stageVariables.remove('colour')"
      })
  void templatesReachNoJavaClass(String template) {
    assertEquals("", render(template, "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#include('pom.xml')",
        "#parse('template.yaml')",
        "#evaluate('$context.connectionId')"
      })
  void templatesReachNoFileAndNoOtherTemplate(String template) {
    String rendered = render(template, "");
    assertFalse(rendered.contains("<project") || rendered.contains("Resources"), rendered);
    assertTrue(rendered.startsWith("#"), rendered);
  }

  @Test
  void loopsEnd() {
    assertEquals(1_000, render("#foreach($i in [1..5000])x#end", "").length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#if(|{}|is no template",
        "$input.json('$.a')|no JSON|the payload is no JSON",
        "$input.path('a')|{}|a path begins with $",
        "$input.path('$..a')|{}|cannot follow the path",
        "$input.body.replaceAll('[','')|{}|replaceAll: ",
        "$input.path('$').get('list').get('x')|{\"list\":[1]}|get: ",
      })
  void templateThatFailsSaysWhy(String template, String message, String expected) {
    String why = assertThrows(MappingException.class, () -> render(template, message)).getMessage();
    assertTrue(why.contains(expected), why);
  }

  @Test
  void selectionPicksATemplateAndPassthroughDecidesWithoutOne() {
    Map<String, String> templates = Map.of("shout", "$input.path('$.text')!", "$default", "d");
    PayloadMapping picks =
        prepare(templates, "${request.body.action}", PassthroughBehavior.WHEN_NO_MATCH);
    String shout = "{\"action\":\"shout\",\"text\":\"hey\"}";
    assertEquals("hey!", text(picks, shout));
    assertEquals("{}", text(picks, "{}"));
    assertEquals(
        "d", text(prepare(templates, "\\$default", PassthroughBehavior.NEVER), "anything"));
    for (PassthroughBehavior refuses :
        new PassthroughBehavior[] {
          PassthroughBehavior.NEVER, PassthroughBehavior.WHEN_NO_TEMPLATES
        }) {
      PayloadMapping mapping = prepare(templates, "$request.body.action", refuses);
      assertThrows(MappingException.class, () -> text(mapping, "{}"));
    }
    assertEquals(
        "as it is",
        text(prepare(Map.of(), "x", PassthroughBehavior.WHEN_NO_TEMPLATES), "as it is"));
  }

  @Test
  void requestIsConvertedToBinaryAndStaysText() {
    byte[] bytes = {0, (byte) 0xff, 10};
    String base64 = Base64.getEncoder().encodeToString(bytes);
    assertArrayEquals(bytes, converting(ContentHandling.CONVERT_TO_BINARY).request(asked(base64)));
    assertEquals("text", text(converting(ContentHandling.CONVERT_TO_TEXT), "text"));
    assertEquals("text", text(converting(ContentHandling.PASSTHROUGH), "text"));
    assertThrows(
        MappingException.class,
        () -> converting(ContentHandling.CONVERT_TO_BINARY).request(asked("no base 64!")));
  }

  @Test
  void responseIsConvertedToTextAndBack() {
    byte[] bytes = {0, (byte) 0xff, 10};
    RouteRequest asked = asked("");
    assertEquals("AP8K", converting(ContentHandling.CONVERT_TO_TEXT).response(asked, bytes));
    assertEquals(
        "h\u00e9",
        converting(ContentHandling.CONVERT_TO_BINARY).response(asked, "aMOp".getBytes(UTF_8)));
    assertEquals(
        "h\u00e9",
        converting(ContentHandling.PASSTHROUGH).response(asked, "h\u00e9".getBytes(UTF_8)));
    assertThrows(
        MappingException.class,
        () -> converting(ContentHandling.PASSTHROUGH).response(asked, bytes));
  }

  @Test
  void parametersComeFromContextStageRequestAndText() {
    ParameterMapping parameters =
        engine.parameters(
            Map.of(
                "integration.request.header.connectionId", "context.connectionId",
                "integration.request.header.user", "context.authorizer.principalId",
                "integration.request.header.absent", "context.authorizer.nothing",
                "integration.request.header.colour", "stageVariables.colour",
                "integration.request.header.kind", "route.request.header.X-Kind",
                "integration.request.header.fixed", "'as it is'",
                "integration.request.header.text", "route.request.body.text",
                "integration.request.querystring.room", "route.request.querystring.room"));
    RouteRequest request = asked("{\"text\":\"hi\"}");
    assertEquals(
        Map.of(
            "connectionId", "L0SM9cOFvHcCIhw=",
            "user", "ann",
            "colour", "blue",
            "kind", "test",
            "fixed", "as it is",
            "text", "hi"),
        parameters.headers(request));
    assertEquals(Map.of("room", "a b"), parameters.query(request));
  }

  private String render(String template, String message) {
    return text(
        prepare(Map.of("$default", template), "\\$default", PassthroughBehavior.NEVER), message);
  }

  private PayloadMapping prepare(
      Map<String, String> templates, String selection, PassthroughBehavior passthrough) {
    return engine.prepare(
        new BodyMapping(templates, selection, passthrough, ContentHandling.PASSTHROUGH),
        "$default request");
  }

  private PayloadMapping converting(ContentHandling content) {
    return engine.prepare(BodyMapping.only(content), "$default");
  }

  private static String text(PayloadMapping mapping, String message) {
    return new String(mapping.request(asked(message)), UTF_8);
  }

  private static RouteRequest asked(String body) {
    return RouteRequest.read(EVENT.formatted(JsonTree.write(body)).getBytes(UTF_8));
  }
}
