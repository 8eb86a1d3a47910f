package dev.fanbench.target;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A disturbance that a test asks a target for, as a JSON object: {@code {"stallMillis":200}}.
 *
 * @param members values by name; strings without their quotes, all else as it was written
 */
public record FaultRequest(Map<String, String> members) {
  /**
   * Reads a fault.
   *
   * @throws IllegalArgumentException if the text is not one flat JSON object
   */
  public static FaultRequest parse(String json) {
    return FlatJson.read(json)
        .map(FaultRequest::new)
        .orElseThrow(() -> new IllegalArgumentException("a fault is a flat JSON object"));
  }

  /** The names of the disturbances. */
  public Set<String> names() {
    return members.keySet();
  }

  /** The value of a name, unless the fault does not have it. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(members.get(name));
  }
}
