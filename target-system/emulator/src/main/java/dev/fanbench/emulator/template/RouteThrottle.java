package dev.fanbench.emulator.template;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The call rate of a route, from {@code RouteSettings} and {@code DefaultRouteSettings} of a stage.
 *
 * @param perSecond calls a second; not negative
 * @param burst calls at once after a rest; not negative
 */
public record RouteThrottle(double perSecond, double burst) {
  private static final String RATE = "ThrottlingRateLimit";
  private static final String BURST = "ThrottlingBurstLimit";
  private static final Set<String> UNREAD =
      Set.of("DataTraceEnabled", "DetailedMetricsEnabled", "LoggingLevel");

  /** A throttle, empty when the settings have none. */
  static Optional<RouteThrottle> read(Map<String, Object> settings, String where) {
    for (String setting : settings.keySet()) {
      if (!setting.equals(RATE) && !setting.equals(BURST) && !UNREAD.contains(setting)) {
        throw new TemplateException(
            "%s.%s is not supported; the emulator has %s, %s, and no use for %s"
                .formatted(where, setting, RATE, BURST, String.join(", ", UNREAD)));
      }
    }
    if (settings.containsKey(RATE) != settings.containsKey(BURST)) {
      throw new TemplateException("%s needs both %s and %s".formatted(where, RATE, BURST));
    }
    return settings.containsKey(RATE)
        ? Optional.of(
            new RouteThrottle(number(settings, RATE, where), number(settings, BURST, where)))
        : Optional.empty();
  }

  private static double number(Map<String, Object> settings, String key, String where) {
    String value = TemplateNode.text(settings, key, where);
    if (!value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      throw new TemplateException(
          "%s.%s must be a number of 0 or more, but is %s".formatted(where, key, value));
    }
    return Double.parseDouble(value);
  }
}
