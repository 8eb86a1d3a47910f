package dev.fanbench.emulator.mapping;

import java.util.Map;

/** A template ready to be rendered. Thread-safe. */
@FunctionalInterface
interface MappingTemplate {
  /**
   * Makes a text.
   *
   * @param context the values of {@code $context}
   * @param payload what {@code $input} shows
   * @throws MappingException if the template is broken or fails on this payload
   */
  String render(Map<String, Object> context, String payload);
}
