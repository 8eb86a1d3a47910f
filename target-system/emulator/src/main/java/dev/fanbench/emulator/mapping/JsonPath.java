package dev.fanbench.emulator.mapping;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths like {@code $.a['b c'][0]}, which name one value of a tree. */
final class JsonPath {
  private static final Pattern STEP = Pattern.compile("\\.([\\w-]+)|\\['([^']*)']|\\[(\\d{1,9})]");

  private JsonPath() {}

  /**
   * The value at {@code path}, {@code null} when there is none.
   *
   * @throws MappingException if it is no such path
   */
  static Object find(Object tree, String path) {
    if (!path.startsWith("$")) {
      throw new MappingException("a path begins with $, and not as " + path);
    }
    Object found = tree;
    Matcher step = STEP.matcher(path).region(1, path.length());
    int end = 1;
    while (step.lookingAt()) {
      found = step.group(3) == null ? field(found, name(step)) : item(found, step.group(3));
      end = step.end();
      step.region(end, path.length());
    }
    if (end != path.length()) {
      throw new MappingException("the emulator cannot follow the path " + path);
    }
    return found;
  }

  private static String name(Matcher step) {
    return step.group(1) == null ? step.group(2) : step.group(1);
  }

  private static Object field(Object parent, String name) {
    return parent instanceof Map<?, ?> map ? map.get(name) : null;
  }

  private static Object item(Object parent, String index) {
    int wanted = Integer.parseInt(index);
    return parent instanceof List<?> list && wanted < list.size() ? list.get(wanted) : null;
  }
}
