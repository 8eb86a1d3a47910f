package dev.fanbench.gatling.options;

import dev.fanbench.target.Spelling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All options of a checkout: those of the catalog and the settings of the serverless chat. {@code
 * header.<Name>} is the one open family. Immutable.
 *
 * @param options in the order they are listed
 * @param chat settings of the serverless chat, which are among them
 */
public record OptionIndex(List<Option<?>> options, List<ChatParameter> chat) {
  private static final String HEADER = "header.";

  /**
   * The options of a checkout.
   *
   * @throws BadOption when the chat's template cannot be read
   */
  public static OptionIndex of(Path home) {
    List<ChatParameter> chat = ChatTemplate.read(home);
    return new OptionIndex(
        Option.list(OptionCatalog.all(), chat.stream().map(ChatParameter::option).toList()), chat);
  }

  /** Options that a user may set, by group. */
  public List<Option<?>> in(OptionGroup group) {
    return options.stream().filter(option -> option.group() == group).toList();
  }

  /** Options that users may set. */
  public List<Option<?>> offered() {
    return options.stream().filter(option -> option.group() != OptionGroup.BUILD).toList();
  }

  /** The option of this key; empty for none. */
  public Optional<Option<?>> named(String key) {
    return options.stream().filter(option -> option.key().equals(key)).findFirst();
  }

  /** Whether it is a setting of the serverless chat, which a variant may change. */
  public boolean isChatSetting(String key) {
    return named(key).filter(option -> option.group() == OptionGroup.CHAT).isPresent();
  }

  boolean isKnown(String key) {
    return key.startsWith(HEADER) || named(key).isPresent();
  }

  /** The error for a key that is not known. */
  BadOption unknown(String key) {
    String known = offered().stream().map(Option::key).collect(Collectors.joining(", "));
    String meant =
        Spelling.closest(key, offered().stream().map(Option::key).toList())
            .map(word -> " Did you mean " + word + "?")
            .orElse("");
    return new BadOption(
        "%s is not a known key.%s Known are %s, header.<Name>.".formatted(key, meant, known));
  }
}
