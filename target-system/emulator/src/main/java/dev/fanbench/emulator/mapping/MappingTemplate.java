package dev.fanbench.emulator.mapping;

/** A template ready to be rendered. Thread-safe. */
@FunctionalInterface
interface MappingTemplate {
  /**
   * Makes a text.
   *
   * @param request what {@code $context} and {@code $input.params()} show
   * @param payload what {@code $input} shows
   * @throws MappingException if the template is broken or fails on this payload
   */
  String render(RouteRequest request, String payload);
}
