package dev.fanbench.gatling.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers of a server in {@code vendor-clients/scripts}, which {@code server.mjs} reads too.
 * Immutable.
 *
 * @param environment variables of the dialect
 * @param subprotocol that the server chooses; empty for none
 * @param ids patterns whose first group differs from client to client
 * @param keepAlive matches frames that a client sends by itself; matches none by default
 * @param fieldsOnly whether the vendor's frames may have fields that ours have not
 * @param greeting frames that each client gets first
 */
record ServerScript(
    Map<String, String> environment,
    String subprotocol,
    List<Pattern> ids,
    Optional<Pattern> keepAlive,
    boolean fieldsOnly,
    List<String> greeting,
    List<Rule> rules) {

  /** The actions that follow a frame; a request is a frame with method, path and body. */
  record Rule(Pattern on, List<Action> actions) {}

  /**
   * An instruction.
   *
   * @param word {@code join}, {@code answer}, {@code others} or {@code all}
   * @param rest its template, with the groups of the pattern as {@code $1} and so on
   */
  record Action(String word, String rest) {
    String filled(Matcher found) {
      return Pattern.compile("\\$(\\d)")
          .matcher(rest)
          .replaceAll(
              group -> Matcher.quoteReplacement(found.group(Integer.parseInt(group.group(1)))));
    }
  }

  static ServerScript read(Path folder, String name) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    List<Pattern> ids = new ArrayList<>();
    List<String> greeting = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    Map<String, String> single = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("scripts/" + name + ".txt"))) {
      String[] parts = line.replace("\\x1e", "\u001e").split(" ", 2);
      switch (parts[0]) {
        case "", "#" -> {}
        case "environment" -> environment.put(parts[1].split(" ", 2)[0], parts[1].split(" ", 2)[1]);
        case "id" -> ids.add(Pattern.compile(parts[1]));
        case "greet" -> greeting.add(parts[1]);
        case "on" ->
            rules.add(new Rule(Pattern.compile(parts[1], Pattern.DOTALL), new ArrayList<>()));
        case "join", "answer", "others", "all" ->
            rules.get(rules.size() - 1).actions().add(new Action(parts[0], parts[1]));
        case "fieldsOnly", "subprotocol", "keepAlive" ->
            single.put(parts[0], parts[parts.length - 1]);
        default -> throw new IOException(name + ": " + parts[0] + " is not allowed");
      }
    }
    return new ServerScript(
        environment,
        single.getOrDefault("subprotocol", ""),
        ids,
        Optional.ofNullable(single.get("keepAlive")).map(Pattern::compile),
        single.containsKey("fieldsOnly"),
        greeting,
        rules);
  }

  /** A frame with {@code #} in place of each id. */
  String withoutIds(String frame) {
    String plain = frame;
    for (Pattern id : ids) {
      Matcher found = id.matcher(plain);
      if (found.find()) {
        plain = plain.substring(0, found.start(1)) + "#" + plain.substring(found.end(1));
      }
    }
    return plain;
  }
}
