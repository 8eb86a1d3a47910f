package dev.fanbench.conventions;

import java.util.Locale;

/** A rule of plain English or of names. Its key in the counts file is the name in lower case. */
public enum LanguageRule {
  /** Javadoc begins with a noun or a verb, not with a question word. */
  QUESTION_OPENING("Javadoc begins with a question word: name the thing first"),

  /** A sentence begins with the thing it is about, not with a clause that stands for it. */
  NOUN_CLAUSE("a sentence with a question word in the place of a noun"),

  /** Javadoc, Markdown and messages name the person: user, client, member, caller. */
  UNNAMED_PERSON("a person without a name: write user, client, member, caller or none"),

  /** A sentence of Javadoc, Markdown or a message has at most 30 words. */
  LONG_SENTENCE("a sentence of more than 30 words"),

  /** A class name in the plural has its reason in {@code plural-names.properties}. */
  PLURAL_NAME("a class name in the plural without a reason"),

  /** A top-level type's name is used once in the project. */
  NAME_USED_TWICE("a type name that another type of the project has"),

  /** Type names do not end in words that say nothing. */
  EMPTY_SUFFIX("a type name that ends in Manager, Helper, Util, Impl, Service, Data or Info"),

  /** {@code System.nanoTime()} is called in classes that are named for it. */
  CLOCK_READ("System.nanoTime() outside a class whose name says that it reads the clock"),

  /** Numbers with a point or commas are written alike on every machine. */
  DEFAULT_LOCALE(
      "a number in the format of the default locale: write String.format(Locale.ROOT, …)");

  private final String sentence;

  LanguageRule(String sentence) {
    this.sentence = sentence;
  }

  /** The rule as a failed test prints it. */
  public String sentence() {
    return sentence;
  }

  /** The rule's part of a key in the counts file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
