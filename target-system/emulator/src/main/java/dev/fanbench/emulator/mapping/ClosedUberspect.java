package dev.fanbench.emulator.mapping;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.velocity.runtime.directive.ForeachScope;
import org.apache.velocity.util.introspection.Info;
import org.apache.velocity.util.introspection.Uberspect;
import org.apache.velocity.util.introspection.VelMethod;
import org.apache.velocity.util.introspection.VelPropertyGet;
import org.apache.velocity.util.introspection.VelPropertySet;

/**
 * Lists all methods and properties that a template can reach. It does not use reflection, so a
 * template cannot reach a Java class. A name that is not in the list is refused, because AWS may
 * know it. Velocity constructs this class by name. Thread-safe.
 */
public final class ClosedUberspect implements Uberspect {
  private static final Map<String, Function<ForeachScope, Object>> LOOP =
      Map.of(
          "hasNext", ForeachScope::hasNext,
          "index", ForeachScope::getIndex,
          "count", ForeachScope::getCount,
          "first", ForeachScope::isFirst,
          "last", ForeachScope::isLast);

  @Override
  public void init() {
    // Nothing to prepare.
  }

  @Override
  public VelMethod getMethod(Object on, String name, Object[] with, Info where) {
    TemplateMethod method = TemplateMethod.find(on, name, with == null ? 0 : with.length);
    return new Call(method);
  }

  @Override
  public VelPropertyGet getPropertyGet(Object on, String name, Info where) {
    if (on instanceof InputVariable && name.equals("body")) {
      return new Property(name, input -> ((InputVariable) input).body());
    }
    if (on instanceof ForeachScope) {
      require(LOOP.keySet(), name, "$foreach");
      return new Property(name, loop -> LOOP.get(name).apply((ForeachScope) loop));
    }
    if (on instanceof Map) {
      return new Property(name, map -> ((Map<?, ?>) map).get(name));
    }
    if (on instanceof Map.Entry) {
      require(Set.of("key", "value"), name, "an entry of a map");
      return new Property(
          name,
          entry ->
              name.equals("key")
                  ? ((Map.Entry<?, ?>) entry).getKey()
                  : ((Map.Entry<?, ?>) entry).getValue());
    }
    throw new MappingException(
        "%s has no property %s; it has %s"
            .formatted(TemplateMethod.described(on), name, TemplateMethod.describedMethods(on)));
  }

  private static void require(Set<String> known, String name, String where) {
    if (!known.contains(name)) {
      throw new MappingException(
          "%s has no property %s; it has %s".formatted(where, name, String.join(", ", known)));
    }
  }

  @Override
  public VelPropertySet getPropertySet(Object on, String name, Object value, Info where) {
    throw new MappingException("a template cannot set %s of a value; use put".formatted(name));
  }

  @Override
  public Iterator<?> getIterator(Object of, Info where) {
    if (of instanceof Map<?, ?> map) {
      return map.values().iterator();
    }
    if (of instanceof Collection<?> items) {
      return items.iterator();
    }
    throw new MappingException(
        "#foreach goes through lists and maps, and not through " + TemplateMethod.described(of));
  }

  @FunctionalInterface
  private interface Getter {
    Object get(Object from);
  }

  /** A method that may be called. */
  private record Call(TemplateMethod method) implements VelMethod {
    @Override
    public Object invoke(Object on, Object[] with) {
      return method.call(on, with);
    }

    @Override
    public boolean isCacheable() {
      return true;
    }

    @Override
    public String getMethodName() {
      return method.name();
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
