package dev.fanbench.emulator.template;

import java.util.Map;

/**
 * The mapping of payloads between a client and a non-proxy integration, in one direction.
 *
 * @param templates Velocity texts by key
 * @param selection the template selection expression, whose value is the key of the template to use
 * @param passthrough the treatment of a payload whose key has no template
 * @param content the conversion: the last step on the way in, the first on the way out
 */
public record BodyMapping(
    Map<String, String> templates,
    String selection,
    PassthroughBehavior passthrough,
    ContentHandling content) {

  /** Copies the templates. */
  public BodyMapping {
    templates = Map.copyOf(templates);
  }

  /** No template, only a conversion. */
  public static BodyMapping only(ContentHandling content) {
    return new BodyMapping(Map.of(), "\\$default", PassthroughBehavior.WHEN_NO_MATCH, content);
  }
}
