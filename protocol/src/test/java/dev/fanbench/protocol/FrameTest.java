package dev.fanbench.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.fanbench.protocol.Action.Broadcast;
import dev.fanbench.protocol.Action.FetchChannels;
import dev.fanbench.protocol.Action.Notation;
import dev.fanbench.protocol.Action.Rpc;
import dev.fanbench.protocol.Frame.Blank;
import dev.fanbench.protocol.Frame.ChatText;
import dev.fanbench.protocol.Frame.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n", "\u2003"})
  void blanksAreNothing(String text) {
    assertEquals(new Blank(), Frame.classify(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/name bz", "/name   bz  ", "/name\tbz\n"})
  void nameIsTrimmedAtBothEnds(String text) {
    assertEquals(new Command.Name("bz"), Frame.classify(text));
  }

  @Test
  void nameKeepsItsInnerBlanks() {
    assertEquals(new Command.Name("b  z"), Frame.classify("/name b  z "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/channel random",
        "/channel #random",
        "/channel  # random # ",
        "/channel ##random##"
      })
  void roomLosesHashSignsAndBlanksAtBothEnds(String text) {
    assertEquals(new Command.Channel("random"), Frame.classify(text));
  }

  @Test
  void roomKeepsItsInnerHashSign() {
    assertEquals(new Command.Channel("c# talk"), Frame.classify("/channel c# talk"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/help",
        "/help me",
        "/namebar",
        "/Name x",
        "/NAME x",
        "/name",
        "/name ",
        "/channel",
        "/channel #",
        "/channel # # ",
        "/channels x",
        "/ name x",
        "//name x",
        "/name\u00a0x"
      })
  void whatCannotBeFollowedIsHelp(String text) {
    assertEquals(new Command.Help(), Frame.classify(text));
  }

  @Test
  void namesAreCountedInCodePoints() {
    String longest = "\ud83d\ude00".repeat(64);
    assertEquals(new Command.Name(longest), Frame.classify("/name " + longest));
    assertEquals(new Command.Help(), Frame.classify("/name " + longest + "x"));
    assertEquals(new Command.Channel(longest), Frame.classify("/channel #" + longest));
    assertEquals(new Command.Help(), Frame.classify("/channel " + "r".repeat(65)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"command\",\"data\":\"fetchChannels\"}",
        " {\"data\" : \"fetchChannels\", \"x\":[1,{}], \"action\" : \"command\"}\n",
        "{\"action\":\"rpc\",\"data\":\"fetchChannels\",\"action\":\"command\"}"
      })
  void fetchChannels(String text) {
    assertEquals(new FetchChannels(), Frame.classify(text));
  }

  @Test
  void rpcIsDecoded() {
    assertEquals(
        new Rpc("1", "a\"b\u00e9"),
        Frame.classify("{\"action\":\"rpc\",\"id\":\"1\",\"body\":\"a\\\"b\\u00e9\"}"));
    assertEquals(new Rpc("", ""), Frame.classify("{\"action\":\"rpc\",\"id\":\"\",\"body\":\"\"}"));
  }

  @Test
  void broadcastInBothNotations() {
    assertEquals(
        new Broadcast("Hello everyone", Notation.JSON),
        Frame.classify("{\"action\":\"broadcast\",\"message\":\"Hello everyone\"}"));
    assertEquals(
        new Broadcast("Hello everyone", Notation.EDN),
        Frame.classify("{:action :broadcast :message \"Hello everyone\"}"));
    assertEquals(
        new Broadcast("Hi", Notation.EDN),
        Frame.classify("{ \n:message \"Hi\", :action :broadcast, :more #{1 2}} ; done"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"command\"}",
        "{\"action\":\"command\",\"data\":\"other\"}",
        "{\"action\":\"command\",\"data\":1}",
        "{\"action\":\"rpc\",\"id\":\"1\"}",
        "{\"action\":\"rpc\",\"id\":1,\"body\":\"x\"}",
        "{\"action\":\"rpc\",\"id\":\"1\",\"body\":null}",
        "{\"action\":\"broadcast\"}",
        "{\"action\":\"broadcast\",\"message\":[]}",
        "{:action :broadcast}",
        "{:action :broadcast :message 7}",
        "{:action :shout :message \"x\"}",
        "{:action :broadcast :message \"x\"} {}",
        "{:a",
        "{:a :b :c}",
        "{ : }",
        "{:a 1 :a 2}",
        "{:a #unknown/tag 1}",
        "{:x #inst \"never\"}",
        "{:x #uuid \"never\"}",
        "{:n 1e}",
        "{\"data\":1,\"type\":\"99\"}",
        "{\"data\":1,\"type\":1.5}",
        "{\"data\":1,\"type\":1e2}",
        "{\"data\":1,\"type\":9223372036854775808}",
        "{\"data\":1,\"echo\":1}",
        "{\"data\":1,\"echo\":\"true\"}"
      })
  void knownKindsWithWrongFieldsAreMalformed(String text) {
    assertInstanceOf(Malformed.class, Frame.classify(text));
  }

  @Test
  void bracketsByTheThousandAreMalformedAndNotTheEndOfTheThread() {
    assertInstanceOf(Malformed.class, Frame.classify("{:a " + "[".repeat(130_000)));
  }

  @Test
  void envelope() {
    assertEquals(
        new Envelope(false, 99, "\"data to publish\""),
        Frame.classify("{\"echo\":false,\"type\":99,\"data\":\"data to publish\"}"));
    assertEquals(
        new Envelope(true, 0, "null"), Frame.classify("{\"DATA\":null,\"Echo\":true,\"x\":1}"));
    assertEquals(
        new Envelope(false, -7, "2"), Frame.classify("{\"Type\":-7,\"data\":1,\"Data\":2}"));
    assertEquals(
        new Envelope(false, 5, "{}"), Frame.classify("{\"type\":5,\"type\":null,\"data\":{ }}"));
  }

  @Test
  void envelopeDataIsCompactedAndOtherwiseKept() {
    assertEquals(
        "{\"b\":1.50e3,\"a\":[true,\"\\u003cx\\u003e \\u0026 \\u2028\\u2029 \\u00e9 \\\""
            + " \u00e9\"]}",
        envelopeData(
            "{ \"b\" : 1.50e3 ,\n\"a\":[ true , \"<x> & \u2028\u2029 \\u00e9 \\\" \u00e9\" ] }"));
    assertEquals("-0.0", envelopeData(" -0.0 "));
    assertEquals("\"\"", envelopeData("\"\""));
    assertEquals("{\"a\\\\\":1}", envelopeData("{\"a\\\\\" :1}"));
  }

  private static String envelopeData(String source) {
    Frame frame = Frame.classify("{\"type\":1,\"data\":" + source + ",\"more\":0}");
    Frame last = Frame.classify("{\"type\":1,\"data\":" + source + "}");
    assertEquals(frame, last);
    return assertInstanceOf(Envelope.class, frame).data();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        " /name x",
        "{}",
        "{\"x\":1}",
        "{\"data\":1}",
        "{\"echo\":true,\"type\":1}",
        "{\"action\":\"dance\"}",
        "{\"action\":1}",
        "{\"Action\":\"rpc\"}",
        "[{\"action\":\"rpc\"}]",
        "{\"action\":\"rpc\"",
        "{\"action\":\"rpc\"} x",
        "{\"action\":\"rpc\",}",
        "{'action':'rpc'}",
        "{",
        "{ ",
        "\ufeff{\"action\":\"rpc\"}",
        "fb1:00000001:00000002:0000000000000003:....",
        "\u65e5\u672c\u8a9e \ud83d\ude00"
      })
  void theRestIsChatText(String text) {
    assertEquals(new ChatText(text), Frame.classify(text));
  }

  @Test
  void jsonNestedBeyondReasonIsChatText() {
    String deep = "{\"data\":" + "[".repeat(60_000) + "]".repeat(60_000) + ",\"type\":1}";
    assertEquals(new ChatText(deep), Frame.classify(deep));
  }
}
