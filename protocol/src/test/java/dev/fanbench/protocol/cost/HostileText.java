package dev.fanbench.protocol.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A text that is made to be expensive for a parser. The same for the same length and seed.
 *
 * @param name says what is expensive in it
 * @param text at most as long as was asked for, and nearly as long
 */
public record HostileText(String name, String text) {
  private static final List<String> EDN_PIECES =
      List.of(
          "[",
          "(",
          "{",
          "#{",
          "#:a{",
          "]",
          ")",
          "}",
          "#_",
          "#a ",
          "#inst \"2026\" ",
          ":a ",
          "Aa ",
          "BB ",
          "\"",
          "\\",
          "\\\"",
          "\\a ",
          "\\u0041 ",
          ";",
          "\n",
          ",",
          "11111111111",
          "N ",
          "M ",
          "1e308 ",
          "1/3 ",
          ".",
          "nil ",
          "\ud83d\ude00",
          "\"\\u0041\"",
          "#uuid \"1\" ",
          "/");
  private static final List<String> JSON_PIECES =
      List.of(
          "[",
          "{",
          "]",
          "}",
          "\"",
          "\\",
          "\\\"",
          "\\u0041",
          ",",
          ":",
          " ",
          "\n",
          "11111111111",
          "1e308",
          "-",
          ".5",
          "null",
          "true",
          "\"Aa\":",
          "\"BB\":",
          "\"data\":",
          "\"type\":1,",
          "<",
          "\ud83d",
          "\ude00",
          "\u2028",
          "\"action\":\"rpc\",",
          "\"\":0,");

  /** EDN as far as a brace and a colon make it EDN; some of it is a broadcast. */
  public static List<HostileText> edn(int length) {
    List<HostileText> texts = new ArrayList<>();
    numbers(texts, length);
    nested(texts, length);
    colliding(texts, length);
    String broadcast = "{:action :broadcast :message \"";
    for (String words :
        List.of(
            "1", "\\\\", "\\\"", "\\u0041", "\\u12", "\ud83d\ude00", "\ud83d", "{", ";", "\n")) {
      texts.add(filled("message of " + words, broadcast, words, "\"}", length));
      texts.add(filled("unterminated message of " + words, broadcast, words, "", length));
    }
    for (String blank : List.of(" ", ",", "\t", "\n", ";x\n", ";", "#_1 ", "#_\"a\"", "#_[]")) {
      texts.add(filled("run of " + blank, "{" + blank(blank) + ":a 1 ", blank, "}", length));
    }
    for (String value :
        List.of(
            "\\a ",
            "\\\"",
            "\\newline ",
            "a/b ",
            ":a",
            "#",
            "/",
            "\\u0041 ",
            "\"\" ",
            "'",
            "\u00e9",
            "#inst \"2026-11-29T00:00:00.000000000+01:17\" ",
            "#uuid \"1-1-1-1-1\" ",
            "nil ")) {
      texts.add(filled("vector of " + value, "{:a [", value, "]}", length));
    }
    return texts;
  }

  /** Comments have to end before the colon, or the text would be none. */
  private static String blank(String blank) {
    return blank.isBlank() || blank.equals(",") ? " " : "";
  }

  private static void numbers(List<HostileText> texts, int length) {
    for (String digit : List.of("1", "9", "0")) {
      for (String end : List.of("", "N", "M", ".5", "e1", "E-7M", "/3", "x")) {
        texts.add(filled("digits " + digit + end, "{:a " + digit, digit, end + "}", length));
      }
      texts.add(filled("exponent of " + digit, "{:a 1e", digit, "}", length));
      texts.add(filled("decimal exponent of " + digit, "{:a 1e-", digit, "M}", length));
      texts.add(filled("fraction of " + digit, "{:a -0.", digit, "M}", length));
    }
    for (String number :
        List.of("1e308 ", "2.2250738585072014e-308 ", "-1N ", "1e999999999M ", "1111111111111 ")) {
      texts.add(filled("numbers " + number, "{:a [", number, "]}", length));
    }
  }

  private static void nested(List<HostileText> texts, int length) {
    for (String open :
        List.of("[", "(", "{", "#{", "{:a ", "{[", "#{[", "#:a{", "#:a{:b ", "#a ", "#_", "#_[")) {
      texts.add(filled("unclosed " + open, "{:a ", open, "", length));
      String close =
          new StringBuilder(open.replaceAll("[^\\[({]", ""))
              .reverse()
              .toString()
              .replace('[', ']')
              .replace('(', ')')
              .replace('{', '}');
      int depth = (length - 8) / (open.length() + close.length());
      texts.add(
          new HostileText(
              "nested " + open, "{:a " + open.repeat(depth) + "1" + close.repeat(depth) + "}"));
    }
  }

  private static void colliding(List<HostileText> texts, int length) {
    for (String[] form :
        new String[][] {
          {"vectors in a set", "{:a #{", "[\"", "\"]", "}}"},
          {"strings in a set", "{:a #{", "\"", "\" ", "}}"},
          {"symbols in a set", "{:a #{", "", " ", "}}"},
          {"tagged values in a set", "{:a #{", "#a \"", "\" ", "}}"},
          {"vectors in a map", "{:a {", "[\"", "\"]1", "}}"},
          {"keywords", "{:a 1 ", ":", " 1 ", "}"},
          {"symbols in a namespaced map", "{:a #:b{", "", " 1 ", "}}"}
        }) {
      for (int bits : new int[] {16, 512}) {
        StringBuilder text = new StringBuilder(length).append(form[1]);
        for (int i = 0; text.length() + 2 * bits + 10 < length; i++) {
          text.append(form[2]).append(collision(i, bits)).append(form[3]);
        }
        texts.add(
            new HostileText(
                "colliding " + form[0] + " of " + 2 * bits, text.append(form[4]).toString()));
      }
    }
  }

  /** JSON, or nearly so; some of it is an envelope or a request. */
  public static List<HostileText> json(int length) {
    List<HostileText> texts = new ArrayList<>();
    for (String value :
        List.of(
            "1",
            "9",
            "0",
            "[",
            "{",
            "{\"a\":",
            "[{\"\":",
            "[[],",
            "1,",
            "1e308,",
            "1e999999999,",
            "\"\",",
            "null,",
            " ",
            "-",
            "<",
            "\\")) {
      texts.add(filled("data of " + value, "{\"type\":1,\"data\":", value, "}", length));
      texts.add(filled("array of " + value, "{\"type\":1,\"data\":[", value, "1]}", length));
      texts.add(filled("type of " + value, "{\"data\":1,\"type\":1", value, "}", length));
    }
    for (String words :
        List.of(
            "a", "\\u0041", "\\\\", "\\\"", "<", "\u2028", "\ud83d\ude00", "\ud83d", "\u0130")) {
      texts.add(filled("string of " + words, "{\"type\":1,\"data\":\"", words, "\"}", length));
      texts.add(filled("unterminated " + words, "{\"type\":1,\"data\":\"", words, "", length));
      texts.add(filled("key of " + words, "{\"type\":1,\"", words, "\":1,\"data\":1}", length));
      texts.add(
          filled(
              "request of " + words,
              "{\"action\":\"rpc\",\"id\":\"1\",\"body\":\"",
              words,
              "\"}",
              length));
    }
    for (String member :
        List.of("\"\":0,", "\"data\":0,", "\"action\":\"rpc\",", "\"DATA\":[{}],", "\"Type\":1,")) {
      texts.add(filled("members " + member, "{", member, "\"data\":1,\"type\":1}", length));
    }
    for (int bits : new int[] {16, 512}) {
      StringBuilder text = new StringBuilder(length).append('{');
      for (int i = 0; text.length() + 2 * bits + 30 < length; i++) {
        text.append('"').append(collision(i, bits)).append("\":1,");
      }
      texts.add(
          new HostileText(
              "colliding keys of " + 2 * bits, text.append("\"data\":1,\"type\":1}").toString()));
    }
    texts.add(steps(length));
    for (String blank : List.of(" ", "\n", "\t\r")) {
      texts.add(filled("blanks before", blank, blank, "{\"type\":1,\"data\":1}", length));
      texts.add(filled("blanks within", "{", blank, "\"type\":1,\"data\":1}", length));
      texts.add(filled("blanks behind", "{\"type\":1,\"data\":1}", blank, "x", length));
    }
    return texts;
  }

  /** Objects in objects as deep as Jackson goes, each with a long key and one value beside it. */
  private static HostileText steps(int length) {
    int depth = Math.min(900, length / 40);
    String key = "k".repeat((length / depth - 16) / 2);
    String step = "{\"" + key + "\":1,\"" + key + "\":";
    int most = Math.min(depth, (length - 40) / (step.length() + 1));
    return new HostileText(
        "values at every depth",
        "{\"type\":1,\"data\":" + step.repeat(most) + "1" + "}".repeat(most) + "}");
  }

  /** Commands, blank texts, and chat texts that look like something else at first. */
  public static List<HostileText> words(int length) {
    List<HostileText> texts = new ArrayList<>();
    for (String start : List.of("/", "/name ", "/name a", "/channel ", "/channel #a", "{", "")) {
      for (String rest : List.of(" ", "#", "# ", "a", "\ud83d\ude00", "\u2003", "\u0000", "/")) {
        texts.add(filled(start + rest, start, rest, "", length));
        texts.add(filled(start + rest + "x", start, rest, "x", length));
      }
    }
    return texts;
  }

  /** Pieces of EDN and of JSON in any order. */
  public static List<HostileText> random(long seed, int length, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<HostileText> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(new HostileText("EDN pieces " + i, pieces(random, "{:", EDN_PIECES, length)));
      texts.add(new HostileText("JSON pieces " + i, pieces(random, "{\"", JSON_PIECES, length)));
    }
    return texts;
  }

  private static String pieces(
      SplittableRandom random, String start, List<String> pieces, int length) {
    StringBuilder text = new StringBuilder(length).append(start);
    while (text.length() < length - 40) {
      String piece = pieces.get(random.nextInt(pieces.size()));
      text.append(piece.repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 3)));
    }
    text.setLength(Math.min(length, text.length()));
    return text.toString();
  }

  private static HostileText filled(
      String name, String start, String middle, String end, int length) {
    int times = (length - start.length() - end.length()) / middle.length();
    return new HostileText(name, start + middle.repeat(times) + end);
  }

  /** One of 2 to the power of {@code bits} strings that all have the same hash code. */
  private static String collision(int number, int bits) {
    StringBuilder text = new StringBuilder(2 * bits);
    for (int bit = bits - 1; bit >= 0; bit--) {
      text.append(bit < 31 && ((number >> bit) & 1) == 1 ? "BB" : "Aa");
    }
    return text.toString();
  }
}
