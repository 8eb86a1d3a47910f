package dev.fanbench.emulator.template;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code Conditions} of a template: names of what its parameters decide. */
final class Conditions {
  private static final String WHERE = "Conditions.";

  private final Map<String, Object> declared;
  private final ReferenceTable values;
  private final Set<String> beingEvaluated = new HashSet<>();

  /**
   * @param declared by name, as the template has them
   * @param values knows the parameters
   */
  Conditions(Map<String, Object> declared, ReferenceTable values) {
    this.declared = declared;
    this.values = values;
  }

  /**
   * Whether a condition is true.
   *
   * @throws TemplateException if there is none of that name, or it is no condition
   */
  boolean holds(String name) {
    if (!declared.containsKey(name)) {
      throw new TemplateException("the template has no condition " + name);
    }
    if (!beingEvaluated.add(name)) {
      throw new TemplateException(WHERE + name + " refers to itself");
    }
    boolean holds = evaluate(declared.get(name), WHERE + name);
    beingEvaluated.remove(name);
    return holds;
  }

  /**
   * Whether a condition function gives true.
   *
   * @throws TemplateException if it is no condition function
   */
  boolean evaluate(Object node, String where) {
    Map<String, Object> map = TemplateNode.map(node, where);
    String key = map.size() == 1 ? map.keySet().iterator().next() : map.keySet().toString();
    return switch (key) {
      case "Condition" -> holds(TemplateNode.text(map, key, where));
      case "Fn::Equals" -> {
        List<String> sides =
            operands(map, key, where).stream().map(side -> text(side, where)).toList();
        yield sides.get(0).equals(sides.get(1));
      }
      case "Fn::Not" -> !evaluate(operands(map, key, where).get(0), where);
      case "Fn::And" ->
          operands(map, key, where).stream().allMatch(operand -> evaluate(operand, where));
      case "Fn::Or" ->
          operands(map, key, where).stream().anyMatch(operand -> evaluate(operand, where));
      case "Fn::Contains" -> {
        List<?> sides = operands(map, key, where);
        String wanted = text(sides.get(1), where);
        yield values.resolve(sides.get(0), where) instanceof List<?> list
            && list.stream().anyMatch(each -> String.valueOf(each).equals(wanted));
      }
      default -> throw new TemplateException(where + ": the emulator does not know " + key);
    };
  }

  /** The value of an operand, which is compared as a text. */
  private String text(Object operand, String where) {
    Object value = values.resolve(operand, where);
    if (value == null) {
      throw new TemplateException(where + " compares something without a value");
    }
    return value.toString();
  }

  private static List<?> operands(Map<String, Object> map, String key, String where) {
    if (map.get(key) instanceof List<?> operands
        && operands.size() >= (key.equals("Fn::Not") ? 1 : 2)) {
      return operands;
    }
    throw new TemplateException("%s: %s has too few operands".formatted(where, key));
  }
}
