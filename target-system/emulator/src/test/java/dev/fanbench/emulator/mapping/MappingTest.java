package dev.fanbench.emulator.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
       "headers":{"X-Kind":"test"},"queryStringParameters":{"room":"a b"},"body":%s}\
      """;

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
        "$context.getClass().forName('java.lang.Runtime')",
        "$util.getClass().getClassLoader()",
        "$util.declaringClass",
        "$context.connectionId.getClass()",
        "$context.connectionId.class.forName('java.lang.System').getProperty('user.dir')",
        "#set($s = '')$s.class",
        "#set($s = '')$s.getClass()",
        "#set($s = '')#set($s.x = 1)",
        "#foreach($x in [1..2])$foreach.parent#end",
        "#foreach($x in [1..2])$foreach.getClass()#end",
        "$input.path('$').entrySet().getClass()",
        "$util.toJson($context)",
        "$util.time.nowISO8601()",
        "$input.bodyAsText",
        "$context.connectionId.format('x')",
        "#foreach($x in 'text')$x#end",
        "#include('pom.xml')",
        "#parse('template.yaml')",
        "#evaluate('$context.connectionId')",
        "#macro(m)x#end#m()",
        "#{define}($x)y#end"
      })
  void templatesReachNothingElseAndSayWhatThereIs(String template) {
    String why = assertThrows(MappingException.class, () -> render(template, "{}")).getMessage();
    assertTrue(why.matches("(?s).*(it has |the emulator has |goes through |use put).*"), why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$context.put('a', 'b')",
        "$stageVariables.remove('colour')",
        "$context.identity.put('a', 'b')"
      })
  void templatesChangeNothingOfAStage(String template) {
    try {
      render(template, "{}");
    } catch (MappingException refused) {
      assertTrue(refused.getMessage().contains(": "), refused.getMessage());
    }
    assertEquals("blue", render("$context.a$stageVariables.colour", "{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$util.base64Encode('h\u00e9')|aMOp",
        "$util.base64Decode('aMOp')|h\u00e9",
        "$util.urlEncode('a b&\u00e9')|a+b%26%C3%A9",
        "$util.urlDecode('a+b%26%C3%A9')|a b&\u00e9",
        "$util.parseJson($input.path('$.json')).a[1]|2",
        "#set($j = $util.parseJson($input.path('$.json')))$j.a.size()|2",
        "$input.params('room')|a b",
        "$input.params('X-Kind')|test",
        "<$input.params('nothing')>|<>",
        "$input.params().querystring.get('room')|a b",
        "#foreach($n in"
            + " $input.params().header.keySet())$n=$input.params().header.get($n)#end|X-Kind=test",
        "$input.params().path.isEmpty()|true",
      })
  void utilAndParameters(String template, String expected) {
    assertEquals(expected, render(template, "{\"json\":\"{\\\"a\\\":[1,2]}\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$input.body.length()|12",
        "$input.path('$.t').toUpperCase()$input.path('$.t').substring(1)|HEYey",
        "$input.path('$.t').substring(0, 2).concat('!')|He!",
        "$input.path('$.t').contains('ey') $input.path('$.t').startsWith('x')|true false",
        "$input.path('$.t').indexOf('y') $input.path('$.t').isEmpty()|2 false",
        "$input.path('$.t').equalsIgnoreCase('HEY') $input.path('$.t').equals('hey')|true false",
        "#set($t = 'a,b')#foreach($p in $t.split(','))$foreach.count$p#end|1a2b",
        "#set($m = {})#set($x = $m.put('k', 'v'))$m.k$m.size()$m.containsKey('k')|v1true",
        "#foreach($e in $input.path('$').entrySet())$e.key=$e.value#end|t=Hey",
        "#foreach($v in $input.path('$'))$v#end|Hey",
        "#set($l = [])#set($x = $l.add('a'))$l.get(0)$l.contains('a')|atrue",
        "$input.path('$').toString()|{t=Hey}",
      })
  void methodsOfTextsMapsAndLists(String template, String expected) {
    assertEquals(expected, render(template, "{\"t\":\"Hey\" }"));
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
        "$util.parseJson('{')|{}|parseJson: the text is no JSON",
        "$util.base64Decode('!')|{}|base64Decode: ",
        "$util.urlDecode('%zz')|{}|urlDecode: ",
        "$input.body.substring(9)|{}|substring: ",
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
