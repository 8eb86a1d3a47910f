package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The keys of the serverless target: one set of them, or one for each variant. */
final class ServerlessSettings {
  private static final String STANDARD = "standard";
  private static final String NO_MODEL = "none";
  private static final String NO_POST = "none";
  private static final Option<Double> POST_TIME =
      Option.seconds(OptionCatalog.POST.key(), 1e-6, 10, OptionCatalog.POST.allowed());

  /** The template's parameter; its values are checked where they are declared. */
  private static final Option<String> STORE = Option.text("store", "a store").or("dynamodb");

  private final OptionIndex index;

  ServerlessSettings(OptionIndex index) {
    this.index = index;
  }

  /** All settings by key, checked, in one spelling each; of several models the first. */
  Map<String, String> read(OptionValueSet values) {
    return read(values, models(values).get(0));
  }

  private Map<String, String> read(OptionValueSet values, String model) {
    Map<String, String> settings = new TreeMap<>();
    for (ChatParameter parameter : index.chat()) {
      put(settings, parameter.option(), values.get(parameter.option()));
    }
    redis(values).ifPresent(own -> put(settings, OptionCatalog.REDIS, own));
    put(settings, OptionCatalog.STALE, values.get(OptionCatalog.STALE));
    put(settings, OptionCatalog.MODEL, model(values, model));
    put(settings, OptionCatalog.POST, post(values, model));
    put(settings, OptionCatalog.SIGNATURES, values.get(OptionCatalog.SIGNATURES) ? "on" : "off");
    put(settings, OptionCatalog.ISOLATION, values.get(OptionCatalog.ISOLATION));
    values
        .find(OptionCatalog.QUOTAS)
        .ifPresent(others -> put(settings, OptionCatalog.QUOTAS, others));
    return settings;
  }

  /**
   * The serverless target once for each variant, or else once for each model; other targets as they
   * are.
   */
  Stream<TargetChoice> variants(TargetChoice target, OptionValueSet values, Config config) {
    if (!(target instanceof TargetChoice.Started server) || !target.isServerless()) {
      return Stream.of(target);
    }
    return values.has(OptionCatalog.VARIANTS)
        ? values.get(OptionCatalog.VARIANTS).stream().map(text -> variant(server, text, config))
        : models(values).stream().map(model -> modelled(server, values, model));
  }

  /** {@code serverless} where no model is chosen, {@code serverless-aws} for one beside others. */
  private TargetChoice modelled(TargetChoice.Started target, OptionValueSet values, String model) {
    if (model.equals(NO_MODEL) || models(values).size() == 1) {
      return target;
    }
    String name = Path.of(model).getFileName().toString().replace(".json", "");
    return new TargetChoice.Started(
        target.label() + "-" + name, target.server(), read(values, model));
  }

  private TargetChoice variant(TargetChoice.Started target, String text, Config config) {
    Map<String, String> changes = text.equals(STANDARD) ? Map.of() : changes(text);
    OptionValueSet values =
        new OptionValueSet(ConfigFactory.parseMap(changes).withFallback(config));
    return new TargetChoice.Started(text, target.server(), read(values));
  }

  private Map<String, String> changes(String text) {
    Map<String, String> changes = new TreeMap<>();
    for (String change : text.split(",", -1)) {
      int equals = change.indexOf('=');
      String key = change.substring(0, Math.max(0, equals)).trim();
      if (!index.isChatSetting(key)) {
        throw new BadOption(
            "variants has \"%s\", which sets none of %s."
                .formatted(change.trim(), String.join(", ", names())));
      }
      changes.put(key, change.substring(equals + 1).trim());
    }
    return changes;
  }

  private List<String> names() {
    return index.in(OptionGroup.CHAT).stream().map(Option::key).toList();
  }

  /** A Redis of the user's own; empty when the target is to start one, or needs none. */
  private static Optional<String> redis(OptionValueSet values) {
    Optional<String> redis = values.find(OptionCatalog.REDIS);
    if (redis.isPresent() && !onRedis(values)) {
      throw new BadOption("redis=" + redis.get() + " is used with store=redis only.");
    }
    return redis;
  }

  /** The chosen models; of several, those that have latencies of the chosen store. */
  private static List<String> models(OptionValueSet values) {
    List<String> models = values.get(OptionCatalog.MODEL);
    return models.size() > 1 && models.contains(NO_MODEL) && onRedis(values)
        ? List.of(NO_MODEL)
        : models;
  }

  /** A model that ships, or the absolute path of a file. */
  private static String model(OptionValueSet values, String model) {
    if (!model.equals(NO_MODEL) && onRedis(values)) {
      throw new BadOption(
          "model=" + model + " has no latencies of a Redis; use store=dynamodb, or model=none.");
    }
    if (model.equals(NO_MODEL) || model.equals("aws")) {
      return model;
    }
    Path home = Path.of(values.get(OptionCatalog.HOME)).toAbsolutePath().normalize();
    Path file = InputFile.of(home, model);
    if (!Files.isRegularFile(file)) {
      throw OptionCatalog.MODEL.bad(model);
    }
    return file.toString();
  }

  /** The median of the model's posts, in one spelling; {@code none} where the model has its own. */
  private static String post(OptionValueSet values, String model) {
    String text = values.get(OptionCatalog.POST);
    if (text.equals(NO_POST)) {
      return NO_POST;
    }
    double seconds = POST_TIME.parse(text);
    if (!model.equals(NO_MODEL)) {
      return BigDecimal.valueOf(seconds).movePointRight(3).stripTrailingZeros().toPlainString()
          + "ms";
    }
    if (models(values).size() > 1 && !values.has(OptionCatalog.VARIANTS)) {
      return NO_POST; // of several models, those that have posts
    }
    throw new BadOption("post=" + text + " scales a model's posts; say model=aws too.");
  }

  private static boolean onRedis(OptionValueSet values) {
    return values.get(STORE).equals("redis");
  }

  private static void put(Map<String, String> settings, Option<?> option, Object value) {
    settings.put(option.key(), String.valueOf(value));
  }
}
