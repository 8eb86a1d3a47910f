package dev.fanbench.emulator.template;

import java.util.regex.Pattern;

/** Handlers of Java functions: {@code package.Class}, or {@code package.Class::method}. */
public final class JavaHandler {
  private static final Pattern ALLOWED =
      Pattern.compile("(?:[\\w$]{1,100}\\.){0,20}[\\w$]{1,100}(?:::[\\w$]{1,100})?");

  private JavaHandler() {}

  /** The class of a handler. */
  static String className(String handler) {
    return handler.replaceFirst("::.*", "");
  }

  /** Whether the emulator itself has the class of a handler. Loads nothing. */
  public static boolean isOnClassPath(String handler) {
    return JavaHandler.class
            .getClassLoader()
            .getResource(className(handler).replace('.', '/') + ".class")
        != null;
  }

  /**
   * The handler itself.
   *
   * @throws TemplateException if it is none
   */
  static String require(String handler, String name) {
    if (!ALLOWED.matcher(handler).matches()) {
      throw new TemplateException(
          "%s.Handler is %s; the emulator has PACKAGE.CLASS and PACKAGE.CLASS::METHOD"
              .formatted(name, handler));
    }
    return handler;
  }
}
