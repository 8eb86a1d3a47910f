package dev.fanbench.emulator.mapping;

import dev.fanbench.emulator.template.BodyMapping;
import dev.fanbench.emulator.template.ContentHandling;
import dev.fanbench.emulator.template.PassthroughBehavior;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Maps the payloads of one direction. Thread-safe. */
public final class PayloadMapping {
  private final String where;
  private final SelectionExpression selection;
  private final Map<String, MappingTemplate> templates = new HashMap<>();
  private final boolean passes;
  private final ContentHandling content;

  PayloadMapping(BodyMapping mapping, String where, MappingEngine engine) {
    this.where = where;
    this.selection = new SelectionExpression(mapping.selection());
    mapping
        .templates()
        .forEach((key, text) -> templates.put(key, engine.compile(text, where + " " + key)));
    this.passes =
        mapping.passthrough() == PassthroughBehavior.WHEN_NO_MATCH
            || (mapping.passthrough() == PassthroughBehavior.WHEN_NO_TEMPLATES
                && templates.isEmpty());
    this.content = mapping.content();
  }

  /**
   * The payload that the integration receives for a client's message.
   *
   * @throws MappingException if nothing can be made of it
   */
  public byte[] request(RouteRequest request) {
    String mapped = map(request, request.body());
    return content == ContentHandling.CONVERT_TO_BINARY
        ? decode(mapped)
        : mapped.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The frame that the client receives for an integration's answer.
   *
   * @throws MappingException if nothing can be made of it
   */
  public String response(RouteRequest request, byte[] payload) {
    return map(
        request,
        switch (content) {
          case CONVERT_TO_TEXT -> Base64.getEncoder().encodeToString(payload);
          case CONVERT_TO_BINARY -> text(decode(new String(payload, StandardCharsets.US_ASCII)));
          case PASSTHROUGH -> text(payload);
        });
  }

  private String map(RouteRequest request, String payload) {
    MappingTemplate template = templates.get(selection.evaluate(payload));
    if (template != null) {
      return template.render(request, payload);
    }
    if (passes) {
      return payload;
    }
    throw new MappingException(where + " has no template for this payload");
  }

  private byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException broken) {
      throw new MappingException(where + ": the payload is no base 64", broken);
    }
  }

  /** A frame to a client is text. */
  private String text(byte[] payload) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException broken) {
      throw new MappingException(where + ": the payload is no UTF-8", broken);
    }
  }
}
