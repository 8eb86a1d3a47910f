package dev.fanbench.gatling.dialect;

import com.typesafe.config.Config;
import dev.fanbench.gatling.dialect.JoinRule.Confirmation;
import dev.fanbench.gatling.dialect.KeepAlive.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one dialect from its file. Each error is a sentence with file, line and key. */
final class DialectReader {
  /** The keys of a file. */
  static final List<String> KEYS =
      List.of(
          "about",
          "checked",
          "codec",
          "connect",
          "open",
          "join",
          "publish",
          "request",
          "keepAlive",
          "leave",
          "refuse",
          "timeout");

  private static final List<String> CODECS = List.of("text", "mqtt");
  private static final String CHECKED = "checked";
  private static final String CAPTURE = "capture";
  private static final String EXPECT = "expect";
  private static final String SEND = "send";
  private static final String TIMEOUT = "timeout";

  private final String name;
  private final DialectSection file;

  /**
   * @param file for errors
   */
  DialectReader(String name, String file, Config config, EnvironmentLookup environment) {
    this.name = name;
    this.file = new DialectSection(file, "", config, environment);
  }

  Dialect read() {
    file.requireKeys(KEYS);
    String codec = file.text("codec", "text");
    if (!CODECS.contains(codec)) {
      throw file.error("codec=" + codec + " is not allowed; codec takes text or mqtt.");
    }
    return codec.equals("mqtt") ? mqtt() : text();
  }

  private Dialect mqtt() {
    file.requireKeys(List.of("about", CHECKED, "codec", "connect", "keepAlive", TIMEOUT));
    return MqttDialect.of(
        name,
        file.text("about", ""),
        checked(),
        connect(),
        file.section("keepAlive")
            .map(section -> section.duration("every", MqttDialect.KEEP_ALIVE))
            .orElse(MqttDialect.KEEP_ALIVE),
        file.duration(TIMEOUT, Dialect.DEFAULT_TIMEOUT));
  }

  private Dialect text() {
    Dialect dialect =
        new Dialect(
            name,
            file.text("about", ""),
            checked(),
            connect(),
            file.sections("open").stream().map(DialectReader::step).toList(),
            join(),
            publish(),
            file.section("request")
                .map(section -> section.requireKeys(List.of(SEND)).requireFrame(SEND)),
            file.section("keepAlive").map(DialectReader::keepAlive).orElse(KeepAlive.NONE),
            file.section("leave")
                .map(section -> section.requireKeys(List.of(SEND)).requireFrame(SEND)),
            file.sections("refuse").stream().map(DialectReader::refusal).toList(),
            file.duration(TIMEOUT, Dialect.DEFAULT_TIMEOUT));
    requireCaptures(dialect);
    return dialect;
  }

  private String checked() {
    return file.text(CHECKED, Dialect.NOT_CHECKED);
  }

  private ConnectRule connect() {
    return file.section("connect")
        .map(
            section -> {
              section.requireKeys(List.of("path", "headers", "subprotocol"));
              return new ConnectRule(
                  section.template("path", ""),
                  section.templates("headers"),
                  section.templateList("subprotocol"));
            })
        .orElse(ConnectRule.NONE);
  }

  private static OpenStep step(DialectSection section) {
    section.requireKeys(List.of(SEND, EXPECT, CAPTURE));
    if (section.has(SEND) == section.has(EXPECT)) {
      throw section.error(
          "a step of open has send or expect, and not both; a question and its answer are two steps.");
    }
    return section.has(SEND)
        ? new OpenStep.Send(section.requireFrame(SEND))
        : new OpenStep.Expect(section.match(EXPECT), section.patterns(CAPTURE));
  }

  private JoinRule join() {
    Optional<DialectSection> given = file.section("join");
    if (given.isEmpty()) {
      throw file.missing("join");
    }
    DialectSection section =
        given.get().requireKeys(List.of(SEND, EXPECT, "frames", "probe", "several"));
    List<Confirmation> confirmations = new ArrayList<>();
    if (section.has(EXPECT)) {
      confirmations.add(new Confirmation.Reply(section.match(EXPECT)));
    }
    if (section.has("frames")) {
      confirmations.add(new Confirmation.Frames(section.number("frames")));
    }
    if (section.flag("probe")) {
      confirmations.add(new Confirmation.Probe());
    }
    if (confirmations.size() != 1) {
      throw section.error("join must have one of expect, frames and probe=true.");
    }
    Optional<FrameSource> frame = section.frame(SEND);
    boolean several = section.flag("several");
    if (several && frame.filter(FrameSource::namesRoom).isEmpty()) {
      throw section.error("join.several=true is not allowed without a join.send that has ${room}.");
    }
    return new JoinRule(frame, confirmations.get(0), several);
  }

  private PublishRule publish() {
    Optional<DialectSection> given = file.section("publish");
    if (given.isEmpty()) {
      throw file.missing("publish");
    }
    DialectSection section = given.get().requireKeys(List.of(SEND, "http", "by"));
    if (section.has(SEND) == section.has("http")) {
      throw section.error("publish must have one of send and http.");
    }
    if (section.has("http")) {
      return new PublishRule.Http(http(section.section("http").orElseThrow()));
    }
    String by = section.text("by", "member");
    if (!by.equals("member") && !by.equals("connection")) {
      throw section.error(
          "publish.by=" + by + " is not allowed; publish.by takes member or connection.");
    }
    FrameSource frame = section.requireFrame(SEND);
    if (!(frame instanceof FrameTemplate template) || !template.namesText()) {
      throw section.error("publish.send must have ${text}, which holds the publication.");
    }
    return new PublishRule.Frame(frame, by.equals("member"));
  }

  private static HttpRequestSource http(DialectSection section) {
    section.requireKeys(List.of("method", "path", "headers", "body"));
    HttpRequestSource request =
        new HttpRequestSource(
            section.text("method", "POST"),
            section.template("path", section.requireText("path")),
            section.templates("headers"),
            section.template("body", section.requireText("body")),
            "");
    if (!request.body().namesText()) {
      throw section.error("publish.http.body must have ${text}, which holds the publication.");
    }
    return request;
  }

  private static KeepAlive keepAlive(DialectSection section) {
    section.requireKeys(List.of("every", SEND, "answers"));
    if (section.has("every") != section.has(SEND)) {
      throw section.error("keepAlive must have both of every and send, or none.");
    }
    List<Answer> answers =
        section.sections("answers").stream()
            .map(each -> each.requireKeys(List.of(EXPECT, CAPTURE, SEND, "batched")))
            .map(DialectReader::answer)
            .toList();
    return new KeepAlive(section.duration("every", Duration.ZERO), section.frame(SEND), answers);
  }

  private static Answer answer(DialectSection section) {
    return new Answer(
        section.match(EXPECT),
        section.patterns(CAPTURE),
        section.frame(SEND),
        section.flag("batched"));
  }

  private static RefusalRule refusal(DialectSection section) {
    section.requireKeys(List.of(EXPECT, "again"));
    return new RefusalRule(section.match(EXPECT), section.flag("again"));
  }

  /**
   * Captured texts that frames use must be captured by a step of open. An answer to a keep-alive
   * may use those of its own as well.
   */
  private void requireCaptures(Dialect dialect) {
    Set<String> captured = new HashSet<>();
    for (OpenStep step : dialect.open()) {
      if (step instanceof OpenStep.Expect expect) {
        captured.addAll(expect.captures().keySet());
      }
    }
    for (FrameSource frame : frames(dialect)) {
      requireCaptured(frame, captured, "no step of open");
    }
    for (Answer answer : dialect.keepAlive().answers()) {
      Set<String> own = new HashSet<>(captured);
      own.addAll(answer.captures().keySet());
      answer
          .send()
          .ifPresent(frame -> requireCaptured(frame, own, "neither a step of open nor its answer"));
    }
  }

  private void requireCaptured(FrameSource frame, Set<String> captured, String missing) {
    if (frame instanceof FrameTemplate template) {
      for (String used : template.seenNames()) {
        if (!captured.contains(used)) {
          throw file.error(
              "${seen:%s} is used, but %s has capture { %1$s = … }.".formatted(used, missing));
        }
      }
    }
  }

  private static List<FrameSource> frames(Dialect dialect) {
    List<FrameSource> frames = new ArrayList<>();
    for (OpenStep step : dialect.open()) {
      if (step instanceof OpenStep.Send send) {
        frames.add(send.frame());
      }
    }
    dialect.join().send().ifPresent(frames::add);
    frames.add(dialect.publish().source());
    dialect.request().ifPresent(frames::add);
    dialect.keepAlive().send().ifPresent(frames::add);
    dialect.leave().ifPresent(frames::add);
    return frames;
  }
}
