package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The keys of the serverless target: one set of them, or one for each variant. */
final class ServerlessSettings {
  private static final int MAX_GRACE_SECONDS = 7_200;
  private static final String STANDARD = "standard";
  private static final String NO_MODEL = "none";
  private static final String NO_POST = "none";
  private static final double SHORTEST_POST = 1e-6;
  private static final double LONGEST_POST = 10;

  private ServerlessSettings() {}

  /** All settings by key, checked, in one spelling each; of several models the first. */
  static Map<String, String> read(Values values) {
    return read(values, models(values).get(0));
  }

  private static Map<String, String> read(Values values, String model) {
    Map<String, String> settings = new TreeMap<>();
    put(settings, Key.STORE, values.oneOf(Key.STORE, "dynamodb", "redis"));
    redis(values).ifPresent(own -> put(settings, Key.REDIS, own));
    put(
        settings,
        Key.BROADCAST,
        values.oneOf(Key.BROADCAST, "serial", "parallel", "workers", "invocations"));
    put(settings, Key.REGISTRY, values.oneOf(Key.REGISTRY, "sharded", "hot-item", "scan"));
    put(settings, Key.CLEANUP, values.oneOf(Key.CLEANUP, "none", "on-gone", "abort"));
    put(settings, Key.CLIENT, values.oneOf(Key.CLIENT, "shared", "per-message"));
    put(
        settings,
        Key.INTEGRATION,
        values.oneOf(Key.INTEGRATION, "lambda-proxy", "lambda", "http-proxy", "http", "mock"));
    put(settings, Key.POST_CONCURRENCY, values.wholeNumber(Key.POST_CONCURRENCY, 1, 1_000));
    put(settings, Key.STALE_GRACE, graceSeconds(values) + "s");
    put(settings, Key.STALE, values.share(Key.STALE, 0.5));
    put(settings, Key.MODEL, model(values, model));
    put(settings, Key.POST, post(values, model));
    put(settings, Key.SIGNATURES, values.oneOf(Key.SIGNATURES, "on", "off"));
    quotas(values).ifPresent(others -> put(settings, Key.QUOTAS, others));
    return settings;
  }

  /**
   * The serverless target once for each variant, or else once for each model; other targets as they
   * are.
   */
  static Stream<TargetChoice> variants(TargetChoice target, Values values, Config config) {
    if (!target.isServerless()) {
      return Stream.of(target);
    }
    return values.has(Key.VARIANTS)
        ? values.texts(Key.VARIANTS.key(), ";").stream().map(text -> variant(text, config))
        : models(values).stream().map(model -> modelled(target, values, model));
  }

  /** {@code serverless} where no model is chosen, {@code serverless-aws} for one beside others. */
  private static TargetChoice modelled(TargetChoice target, Values values, String model) {
    if (model.equals(NO_MODEL) || models(values).size() == 1) {
      return target;
    }
    String name = Path.of(model).getFileName().toString().replace(".json", "");
    return new TargetChoice.Variant(target.label() + "-" + name, read(values, model));
  }

  private static TargetChoice variant(String text, Config config) {
    Map<String, String> changes = text.equals(STANDARD) ? Map.of() : changes(text);
    Values values = new Values(ConfigFactory.parseMap(changes).withFallback(config));
    return new TargetChoice.Variant(text, read(values));
  }

  private static Map<String, String> changes(String text) {
    Map<String, String> changes = new TreeMap<>();
    for (String change : text.split(",", -1)) {
      int equals = change.indexOf('=');
      String key = change.substring(0, Math.max(0, equals)).trim();
      if (Key.named(key).filter(Key::isServerless).isEmpty()) {
        throw new BadOption(
            "variants has \"%s\", which sets none of %s."
                .formatted(change.trim(), String.join(", ", names())));
      }
      changes.put(key, change.substring(equals + 1).trim());
    }
    return changes;
  }

  private static List<String> names() {
    return Arrays.stream(Key.values()).filter(Key::isServerless).map(Key::key).toList();
  }

  /** Quotas that are not AWS's; which there are is known to the target only. */
  private static Optional<String> quotas(Values values) {
    Optional<String> quotas = values.optionalText(Key.QUOTAS);
    quotas.ifPresent(
        others -> {
          if (!others.matches("[A-Za-z]+=[1-9]\\d*(,[A-Za-z]+=[1-9]\\d*)*")) {
            throw BadOption.of(Key.QUOTAS.key(), others, Key.QUOTAS.allowed());
          }
        });
    return quotas;
  }

  /** A Redis of the user's own; empty when the target is to start one, or needs none. */
  private static Optional<String> redis(Values values) {
    Optional<String> redis = values.optionalText(Key.REDIS);
    redis.ifPresent(
        own -> {
          if (!own.matches("redis://[^/@:?#]+:\\d{1,5}")) {
            throw BadOption.of(Key.REDIS.key(), own, Key.REDIS.allowed());
          }
          if (!values.text(Key.STORE).equals("redis")) {
            throw new BadOption("redis=" + own + " is used with store=redis only.");
          }
        });
    return redis;
  }

  /** Where several models are chosen, those that have latencies of the chosen store. */
  private static List<String> models(Values values) {
    List<String> models = values.texts(Key.MODEL.key());
    if (models.isEmpty()) {
      throw BadOption.of(Key.MODEL.key(), "", Key.MODEL.allowed());
    }
    return models.size() > 1 && models.contains(NO_MODEL) && onRedis(values)
        ? List.of(NO_MODEL)
        : models;
  }

  /** A model that ships, or the absolute path of a file. */
  private static String model(Values values, String model) {
    if (!model.equals(NO_MODEL) && onRedis(values)) {
      throw new BadOption(
          "model=" + model + " has no latencies of a Redis; use store=dynamodb, or model=none.");
    }
    if (model.equals(NO_MODEL) || model.equals("aws")) {
      return model;
    }
    Path file = Path.of(values.text(Key.HOME)).toAbsolutePath().normalize().resolve(model);
    if (!Files.isRegularFile(file)) {
      throw BadOption.of(Key.MODEL.key(), model, Key.MODEL.allowed());
    }
    return file.toString();
  }

  /** The median of the model's posts, in one spelling; {@code none} where the model has its own. */
  private static String post(Values values, String model) {
    if (values.text(Key.POST).equals(NO_POST)) {
      return NO_POST;
    }
    double seconds = values.seconds(Key.POST, SHORTEST_POST);
    if (seconds > LONGEST_POST) {
      throw BadOption.of(Key.POST.key(), values.text(Key.POST), Key.POST.allowed());
    }
    if (!model.equals(NO_MODEL)) {
      return BigDecimal.valueOf(seconds).movePointRight(3).stripTrailingZeros().toPlainString()
          + "ms";
    }
    if (models(values).size() > 1 && !values.has(Key.VARIANTS)) {
      return NO_POST; // of several models, those that have posts
    }
    throw new BadOption(
        "post=" + values.text(Key.POST) + " scales a model's posts; say model=aws too.");
  }

  private static boolean onRedis(Values values) {
    return values.text(Key.STORE).equals("redis");
  }

  private static long graceSeconds(Values values) {
    double seconds = values.seconds(Key.STALE_GRACE, 0);
    if (seconds > MAX_GRACE_SECONDS || seconds != Math.rint(seconds)) {
      throw BadOption.of(
          Key.STALE_GRACE.key(), values.text(Key.STALE_GRACE), "whole seconds from 0s to 2h");
    }
    return (long) seconds;
  }

  private static void put(Map<String, String> settings, Key key, Object value) {
    settings.put(key.key(), String.valueOf(value));
  }
}
