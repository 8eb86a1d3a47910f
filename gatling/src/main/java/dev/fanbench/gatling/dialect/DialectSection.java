package dev.fanbench.gatling.dialect;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fanbench.target.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A section of a dialect's file, which reads values and names file, line and key in its errors.
 *
 * @param file for errors
 * @param path of the section in the file, with a dot at its end; empty for the file itself
 * @param environment values of environment variables
 */
record DialectSection(String file, String path, Config config, EnvironmentLookup environment) {
  private static final List<String> FRAME_KEYS = List.of("text", "binary", "hex");

  /** Rejects every key but these. */
  DialectSection requireKeys(List<String> known) {
    for (String key : new TreeSet<>(config.root().keySet())) {
      if (!known.contains(key)) {
        throw new DialectError(
            "%s%s is not a known key.%s Known are %s."
                .formatted(
                    where(config.root().get(key)),
                    path + key,
                    Spelling.closest(key, known)
                        .map(meant -> " Did you mean " + meant + "?")
                        .orElse(""),
                    String.join(", ", new TreeSet<>(known))));
      }
    }
    return this;
  }

  boolean has(String key) {
    return config.hasPath(key);
  }

  /** A section inside this one; empty when it is not there. */
  Optional<DialectSection> section(String key) {
    return has(key) ? Optional.of(sectionOf(config.getValue(key), path + key)) : Optional.empty();
  }

  /** The sections of a list; none when it is not there. */
  List<DialectSection> sections(String key) {
    return has(key)
        ? parsed(key, "a list of sections in braces", config::getList).stream()
            .map(value -> sectionOf(value, path + key))
            .toList()
        : List.of();
  }

  private DialectSection sectionOf(ConfigValue value, String name) {
    if (value.valueType() != ConfigValueType.OBJECT) {
      throw bad(value, name, "a section in braces");
    }
    return new DialectSection(file, name + ".", ((ConfigObject) value).toConfig(), environment);
  }

  /** A text. */
  String text(String key, String otherwise) {
    return has(key) ? requireText(key) : otherwise;
  }

  /** A text without which the section means nothing. */
  String requireText(String key) {
    if (!has(key)) {
      throw missing(key);
    }
    return parsed(key, "a text", config::getString);
  }

  /** {@code true} or {@code false}. */
  boolean flag(String key) {
    return has(key) && parsed(key, "true or false", config::getBoolean);
  }

  /** A whole number of at least 1. */
  int number(String key) {
    int number = parsed(key, "a whole number from 1", config::getInt);
    if (number < 1) {
      throw bad(config.getValue(key), path + key, "a whole number from 1");
    }
    return number;
  }

  /** A time such as {@code 25s}. */
  Duration duration(String key, Duration otherwise) {
    Duration duration =
        has(key) ? parsed(key, "a time such as 25s", config::getDuration) : otherwise;
    if (has(key) && (duration.isZero() || duration.isNegative())) {
      throw bad(config.getValue(key), path + key, "a time over 0");
    }
    return duration;
  }

  private <T> T parsed(String key, String allowed, Function<String, T> read) {
    try {
      return read.apply(key);
    } catch (ConfigException wrong) {
      throw bad(config.getValue(key), path + key, allowed);
    }
  }

  /** A text with placeholders. */
  FrameTemplate template(String key, String otherwise) {
    return has(key)
        ? template(key, text(key, ""), FrameTemplate::text)
        : FrameTemplate.text(otherwise, environment);
  }

  /** Texts with placeholders, by key. */
  Map<String, FrameTemplate> templates(String key) {
    Map<String, FrameTemplate> all = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            inside ->
                inside
                    .config
                    .root()
                    .forEach(
                        (name, value) ->
                            all.put(
                                name,
                                inside.template(
                                    name,
                                    String.valueOf(value.unwrapped()),
                                    FrameTemplate::text))));
    return all;
  }

  /** One text with placeholders, or a list of them. */
  List<FrameTemplate> templateList(String key) {
    if (!has(key)) {
      return List.of();
    }
    List<String> texts =
        config.getValue(key).valueType() == ConfigValueType.LIST
            ? parsed(key, "a text, or a list of texts", config::getStringList)
            : List.of(parsed(key, "a text, or a list of texts", config::getString));
    return texts.stream().map(text -> template(key, text, FrameTemplate::text)).toList();
  }

  /** A frame to send: a text, or a section with one of text, binary and hex. */
  Optional<FrameSource> frame(String key) {
    return has(key) ? Optional.of(requireFrame(key)) : Optional.empty();
  }

  /** A frame without which the section means nothing. */
  FrameSource requireFrame(String key) {
    if (!has(key)) {
      throw missing(key);
    }
    if (config.getValue(key).valueType() != ConfigValueType.OBJECT) {
      return template(key, text(key, ""), FrameTemplate::text);
    }
    DialectSection inside = section(key).orElseThrow().requireKeys(FRAME_KEYS);
    String form = inside.onlyKey(FRAME_KEYS);
    String source = inside.text(form, "");
    return switch (form) {
      case "hex" -> inside.template(form, source, FrameTemplate::hex);
      case "binary" -> inside.template(form, source, FrameTemplate::binary);
      default -> inside.template(form, source, FrameTemplate::text);
    };
  }

  /** A condition on frames: a text they contain, or a section with one way to compare. */
  FrameMatch match(String key) {
    if (!has(key)) {
      throw missing(key);
    }
    if (config.getValue(key).valueType() != ConfigValueType.OBJECT) {
      return FrameMatch.of(
          FrameMatch.Kind.CONTAINS, List.of(template(key, text(key, ""), FrameTemplate::text)));
    }
    List<String> keys = new ArrayList<>(FrameMatch.Kind.keys());
    keys.add("hex");
    DialectSection inside = section(key).orElseThrow().requireKeys(keys);
    String kind = inside.onlyKey(keys);
    if (kind.equals("contains")) {
      List<FrameTemplate> wanted = inside.templateList(kind);
      if (wanted.isEmpty()) {
        throw inside.bad(
            inside.config.getValue(kind), inside.path + kind, "a text or a list of texts");
      }
      return FrameMatch.of(FrameMatch.Kind.CONTAINS, wanted);
    }
    String source = inside.text(kind, "");
    return switch (kind) {
      case "hex" ->
          FrameMatch.of(
              FrameMatch.Kind.BEGINS, List.of(inside.template(kind, source, FrameTemplate::hex)));
      case "pattern" -> {
        inside.pattern(kind);
        yield FrameMatch.pattern(source);
      }
      default ->
          FrameMatch.of(
              FrameMatch.Kind.of(kind),
              List.of(inside.template(kind, source, FrameTemplate::text)));
    };
  }

  /** Regular expressions by key. */
  Map<String, Pattern> patterns(String key) {
    Map<String, Pattern> all = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            inside ->
                inside.config.root().keySet().forEach(name -> all.put(name, inside.pattern(name))));
    return all;
  }

  private Pattern pattern(String key) {
    try {
      return Pattern.compile(text(key, ""), Pattern.DOTALL);
    } catch (PatternSyntaxException wrong) {
      throw bad(
          config.getValue(key),
          path + key,
          "a regular expression (" + wrong.getDescription() + ")");
    }
  }

  private String onlyKey(List<String> keys) {
    if (config.root().size() != 1) {
      throw new DialectError(
          "%s%s must have one of %s."
              .formatted(
                  where(config.root()),
                  path.substring(0, path.length() - 1),
                  String.join(", ", keys)));
    }
    return config.root().keySet().iterator().next();
  }

  private FrameTemplate template(
      String key, String source, BiFunction<String, EnvironmentLookup, FrameTemplate> read) {
    try {
      return read.apply(source, environment);
    } catch (IllegalArgumentException wrong) {
      throw new DialectError(
          where(config.root().get(key)) + path + key + ": " + wrong.getMessage() + ".");
    }
  }

  DialectError missing(String key) {
    String name = path.isEmpty() ? "" : path.substring(0, path.length() - 1) + " ";
    return new DialectError("%s%smust have the key %s.".formatted(where(config.root()), name, key));
  }

  private DialectError bad(ConfigValue value, String key, String allowed) {
    return new DialectError(
        "%s%s=%s is not allowed; %2$s takes %s."
            .formatted(where(value), key, value.unwrapped(), allowed));
  }

  private String where(ConfigValue value) {
    int line = value == null ? -1 : value.origin().lineNumber();
    return file + (line > 0 ? ", line " + line : "") + ": ";
  }

  /** An error about this section. */
  DialectError error(String sentence) {
    return new DialectError(where(config.root()) + sentence);
  }
}
