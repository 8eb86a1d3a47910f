package dev.fanbench.emulator.mapping;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.velocity.runtime.directive.ForeachScope;
import org.apache.velocity.util.introspection.Info;
import org.apache.velocity.util.introspection.Uberspect;
import org.apache.velocity.util.introspection.VelMethod;
import org.apache.velocity.util.introspection.VelPropertyGet;
import org.apache.velocity.util.introspection.VelPropertySet;

/**
 * All that a template can reach, written out: nothing is looked up by reflection, so that there is
 * no way to a Java class. Velocity constructs it by name. Thread-safe.
 */
public final class ClosedUberspect implements Uberspect {
  private static final List<Entry> METHODS =
      List.of(
          new Entry(InputVariable.class, "json", 1, (on, with) -> input(on).json(text(with[0]))),
          new Entry(InputVariable.class, "path", 1, (on, with) -> input(on).path(text(with[0]))),
          new Entry(
              UtilVariable.class,
              "escapeJavaScript",
              1,
              (on, with) -> UtilVariable.UTIL.escapeJavaScript(text(with[0]))),
          new Entry(
              String.class,
              "replaceAll",
              2,
              (on, with) -> text(on).replaceAll(text(with[0]), text(with[1]))),
          new Entry(Map.class, "get", 1, (on, with) -> ((Map<?, ?>) on).get(with[0])),
          new Entry(Map.class, "keySet", 0, (on, with) -> ((Map<?, ?>) on).keySet()),
          new Entry(List.class, "get", 1, (on, with) -> ((List<?>) on).get((Integer) with[0])),
          new Entry(Collection.class, "size", 0, (on, with) -> ((Collection<?>) on).size()));

  @Override
  public void init() {
    // Nothing to prepare.
  }

  @Override
  public VelMethod getMethod(Object on, String name, Object[] with, Info where) {
    return METHODS.stream()
        .filter(entry -> entry.is(on, name, with == null ? 0 : with.length))
        .findFirst()
        .orElse(null);
  }

  @Override
  public VelPropertyGet getPropertyGet(Object on, String name, Info where) {
    if (on instanceof InputVariable && name.equals("body")) {
      return new Property(name, input -> input(input).body());
    }
    if (on instanceof ForeachScope && name.equals("hasNext")) {
      return new Property(name, loop -> ((ForeachScope) loop).hasNext());
    }
    if (on instanceof ForeachScope && name.equals("index")) {
      return new Property(name, loop -> ((ForeachScope) loop).getIndex());
    }
    // Last, because the scope of a loop is a map too.
    if (on instanceof Map) {
      return new Property(name, map -> ((Map<?, ?>) map).get(name));
    }
    return null;
  }

  @Override
  public VelPropertySet getPropertySet(Object on, String name, Object value, Info where) {
    return null;
  }

  @Override
  public Iterator<?> getIterator(Object of, Info where) {
    return of instanceof Collection<?> items ? items.iterator() : null;
  }

  private static InputVariable input(Object variable) {
    return (InputVariable) variable;
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }

  @FunctionalInterface
  private interface Body {
    Object call(Object on, Object[] with);
  }

  @FunctionalInterface
  private interface Getter {
    Object get(Object from);
  }

  /** A method that may be called. */
  private record Entry(Class<?> type, String name, int arguments, Body body) implements VelMethod {
    boolean is(Object on, String wanted, int count) {
      return type.isInstance(on) && name.equals(wanted) && arguments == count;
    }

    @Override
    public Object invoke(Object on, Object[] with) {
      try {
        return body.call(on, with);
      } catch (IllegalArgumentException | ClassCastException | IndexOutOfBoundsException wrong) {
        throw new MappingException(name + ": " + wrong.getMessage(), wrong);
      }
    }

    @Override
    public boolean isCacheable() {
      return true;
    }

    @Override
    public String getMethodName() {
      return name;
    }

    @Override
    public Method getMethod() {
      return null;
    }

    @Override
    public Class<?> getReturnType() {
      return Object.class;
    }
  }

  /** A property that may be read. */
  private record Property(String name, Getter getter) implements VelPropertyGet {
    @Override
    public Object invoke(Object from) {
      return getter.get(from);
    }

    @Override
    public boolean isCacheable() {
      return true;
    }

    @Override
    public String getMethodName() {
      return name;
    }
  }
}
