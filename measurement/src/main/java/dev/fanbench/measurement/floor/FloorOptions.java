package dev.fanbench.measurement.floor;

/**
 * How the floor target is started; the same options as every other target.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any that is free
 * @param stage first part of the path
 * @param watchParent whether to exit when standard input ends, which it does when the parent dies
 */
public record FloorOptions(String host, int port, String stage, boolean watchParent) {

  private static final String ALLOWED =
      "allowed are --host ADDRESS, --port 0-65535, --stage NAME, --watch-parent";

  public FloorOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port " + port + " is no port: " + ALLOWED);
    }
    if (!stage.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("--stage " + stage + " is no name: " + ALLOWED);
    }
  }

  /** Loopback, any free port, stage {@code dev}. */
  public static FloorOptions standard() {
    return new FloorOptions("127.0.0.1", 0, "dev", false);
  }

  /**
   * Reads a command line; values follow their option as the next word or after {@code =}.
   *
   * @throws IllegalArgumentException when a word is unknown or a value is missing or bad; one
   *     sentence that says what is allowed
   */
  static FloorOptions parse(String... args) {
    FloorOptions options = standard();
    for (int i = 0; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      String name = equals < 0 ? args[i] : args[i].substring(0, equals);
      if (name.equals("--watch-parent")) {
        options = options.with(name, "true");
      } else if (equals >= 0) {
        options = options.with(name, args[i].substring(equals + 1));
      } else if (i + 1 < args.length) {
        options = options.with(name, args[++i]);
      } else {
        throw new IllegalArgumentException(name + " stands alone: " + ALLOWED);
      }
    }
    return options;
  }

  private FloorOptions with(String name, String value) {
    return switch (name) {
      case "--host" -> new FloorOptions(value, port, stage, watchParent);
      case "--port" -> new FloorOptions(host, number(value), stage, watchParent);
      case "--stage" -> new FloorOptions(host, port, value, watchParent);
      case "--watch-parent" -> new FloorOptions(host, port, stage, true);
      default -> throw new IllegalArgumentException("unknown option " + name + ": " + ALLOWED);
    };
  }

  private static int number(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--port " + value + " is no port: " + ALLOWED, e);
    }
  }
}
