package dev.fanbench.gatling.options;

import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Reads the options of both sides of a duet: one target each, the same load, and short blocks in
 * turn. Each side has settings and a checkout of its own.
 */
public final class DuetReader {
  private static final String PREFIX = "fanbench.";
  private static final String KEY = PREFIX + OptionCatalog.DUET.key();

  /** The setting that has a side's letter; it is no option of a run. */
  public static final String LETTER = "letter";

  private DuetReader() {}

  /**
   * The options of a run: those of each side of a duet, or else one for all targets.
   *
   * @param properties system properties; {@code fanbench.duet} names a file for each side
   * @param kinds what the simulation measures
   * @param workload the name of the workload file, unless another one is typed
   * @throws BadOption with a sentence for the user
   */
  public static List<Options> read(Properties properties, Set<PhaseKind> kinds, String workload) {
    String files = properties.getProperty(KEY);
    if (files == null) {
      return List.of(OptionsReader.read(properties, kinds, workload));
    }
    List<Properties> sides = new ArrayList<>();
    for (String file : OptionCatalog.DUET.parse(files)) {
      Properties side = new Properties();
      properties.stringPropertyNames().stream()
          .filter(key -> key.startsWith(PREFIX) && !key.equals(KEY))
          .forEach(key -> side.setProperty(key, properties.getProperty(key)));
      try (Reader settings = Files.newBufferedReader(Path.of(file))) {
        side.load(settings);
      } catch (IOException unreadable) {
        throw OptionCatalog.DUET.bad(files);
      }
      sides.add(side);
    }
    return of(sides, kinds, workload);
  }

  /**
   * The options of each side.
   *
   * @param sides all settings of each side, as system properties, and its {@link #LETTER}
   * @throws BadOption when a side has more than one target, or the sides differ in their load
   */
  public static List<Options> of(List<Properties> sides, Set<PhaseKind> kinds, String workload) {
    List<Options> options =
        sides.stream().map(side -> OptionsReader.read(side, kinds, workload)).toList();
    for (Options side : options) {
      if (side.targets().size() != 1) {
        throw new BadOption(
            "A duet takes one target a side, and one side has %d: %s."
                .formatted(
                    side.targets().size(),
                    String.join(", ", side.targets().stream().map(TargetChoice::label).toList())));
      }
    }
    if (options.stream().anyMatch(side -> !side.shard().isAlone())) {
      throw new BadOption("A duet is offered by one process; shard= is for runs of their own.");
    }
    if (options.stream().map(Options::workload).distinct().count() != 1) {
      throw new BadOption(
          "A duet offers both sides the same load; workload, rate and the like belong to both.");
    }
    if (options.stream().map(side -> side.get(OptionCatalog.PIN)).distinct().count() != 1) {
      throw new BadOption(
          "A duet has one load, which pin= keeps apart from both sides or from none.");
    }
    return labelled(options, sides);
  }

  /** Targets of the same name get letters, as each label is unique in a run. */
  private static List<Options> labelled(List<Options> sides, List<Properties> settings) {
    boolean unique = sides.stream().map(DuetReader::label).distinct().count() == sides.size();
    List<Options> labelled = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      Options side = sides.get(i);
      String letter = settings.get(i).getProperty(LETTER);
      labelled.add(side.inDuet(unique ? target(side) : lettered(target(side), "-" + letter)));
    }
    return labelled;
  }

  private static TargetChoice target(Options side) {
    return side.targets().get(0);
  }

  private static String label(Options side) {
    return target(side).label();
  }

  private static TargetChoice lettered(TargetChoice choice, String suffix) {
    if (choice instanceof TargetChoice.Started server) {
      return new TargetChoice.Started(server.label() + suffix, server.server(), server.settings());
    }
    throw new BadOption(
        "target="
            + choice.label()
            + " is on both sides; a duet of servers that run already takes two hosts or ports.");
  }
}
