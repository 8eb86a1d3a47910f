package dev.fanbench.conventions;

import dev.fanbench.conventions.JavaSource.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what breaks a {@link LanguageRule} in the main code and the documentation.
 *
 * <p>Not thread-safe; used once.
 */
public final class ProjectCheck {
  private static final String DOCS = "docs";
  private static final Pattern EMPTY_SUFFIX =
      Pattern.compile(".*(Manager|Helper|Utils?|Impl|Service|Data|Info)");
  private static final Pattern PLURAL = Pattern.compile(".*[a-z](?<![sui])s");
  private static final Pattern CLOCK = Pattern.compile(".*(Clock|Timer|Deadline|Stopwatch)");

  private final ProjectTree tree;
  private final Set<String> pluralsWithAReason;
  private final List<BrokenRule> findings = new ArrayList<>();
  private final Map<String, BrokenRule> names = new HashMap<>();
  private int topLevelTypes;

  /**
   * @param pluralsWithAReason class names that are in the plural for a reason
   */
  public ProjectCheck(ProjectTree tree, Set<String> pluralsWithAReason) {
    this.tree = tree;
    this.pluralsWithAReason = Set.copyOf(pluralsWithAReason);
  }

  /**
   * Reads the project.
   *
   * @return what breaks a rule, in the order of modules and files
   * @throws IOException if a file cannot be read
   */
  public List<BrokenRule> findings() throws IOException {
    for (Path module : tree.modules()) {
      List<Path> files = tree.javaFiles(module, "src/main/java");
      for (JavaSource source : JavaSource.parse(files)) {
        check(module.getFileName().toString(), source);
      }
    }
    for (Path file : tree.markdownFiles()) {
      for (MarkdownText.Block block : MarkdownText.blocks(Files.readAllLines(file))) {
        prose(DOCS, file, new Place(block.line(), block.text()));
      }
    }
    return List.copyOf(findings);
  }

  /** The number of top-level types of the main code that were read. */
  public int topLevelTypes() {
    return topLevelTypes;
  }

  private void check(String module, JavaSource source) {
    Path file = source.file();
    for (Place comment : source.comments()) {
      List<String> parts = JavadocText.parts(comment.text());
      if (!parts.isEmpty() && Prose.opensWithAQuestionWord(parts.get(0))) {
        add(LanguageRule.QUESTION_OPENING, module, file, comment.line(), parts.get(0));
      }
      for (String part : parts) {
        prose(module, file, new Place(comment.line(), part));
      }
    }
    for (Place text : source.strings()) {
      if (text.text().contains(" ")) {
        prose(module, file, text);
      }
    }
    for (Place type : source.topLevelTypes()) {
      topLevelType(module, file, type);
    }
    for (Place type : source.types()) {
      if (EMPTY_SUFFIX.matcher(type.text()).matches()) {
        add(LanguageRule.EMPTY_SUFFIX, module, file, type.line(), type.text());
      }
    }
    for (Place format : source.localFormats()) {
      add(LanguageRule.DEFAULT_LOCALE, module, file, format.line(), format.text());
    }
    for (Place read : source.clockReads()) {
      if (!CLOCK.matcher(simpleName(file)).matches()) {
        add(LanguageRule.CLOCK_READ, module, file, read.line(), read.text());
      }
    }
  }

  private void topLevelType(String module, Path file, Place type) {
    topLevelTypes++;
    String name = type.text();
    if (PLURAL.matcher(name).matches() && !pluralsWithAReason.contains(name)) {
      add(LanguageRule.PLURAL_NAME, module, file, type.line(), name);
    }
    BrokenRule first =
        names.putIfAbsent(
            name,
            new BrokenRule(
                LanguageRule.NAME_USED_TWICE, module, tree.root().relativize(file), 1, name));
    if (first != null) {
      String text = name + ", also in " + first.file();
      add(LanguageRule.NAME_USED_TWICE, module, file, type.line(), text);
    }
  }

  private void prose(String module, Path file, Place place) {
    if (Prose.hasAnUnnamedPerson(place.text())) {
      add(LanguageRule.UNNAMED_PERSON, module, file, place.line(), place.text());
    }
    for (String sentence : Prose.nounClauses(place.text())) {
      add(LanguageRule.NOUN_CLAUSE, module, file, place.line(), sentence);
    }
    for (String sentence : Prose.longSentences(place.text())) {
      add(LanguageRule.LONG_SENTENCE, module, file, place.line(), sentence);
    }
  }

  private void add(LanguageRule rule, String module, Path file, long line, String text) {
    findings.add(new BrokenRule(rule, module, tree.root().relativize(file), line, text.strip()));
  }

  private static String simpleName(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }
}
