package dev.fanbench.emulator.template;

import java.util.Map;

/** The {@code Rules} of a template: assertions about parameters that belong together. */
final class Rules {
  private Rules() {}

  /**
   * Checks the parameters, as CloudFormation does before it creates anything.
   *
   * @param declared by name, as the template has them
   * @param parameters resolves references to parameters
   * @throws ParameterException with the description of an assertion that fails
   */
  static void check(Map<String, Object> declared, ReferenceTable parameters) {
    // Rules may refer to parameters, but not to conditions.
    Conditions functions = new Conditions(Map.of(), parameters);
    declared.forEach(
        (name, node) -> check("Rules." + name, TemplateNode.map(node, name), functions));
  }

  private static void check(String where, Map<String, Object> rule, Conditions functions) {
    if (rule.containsKey("RuleCondition")
        && !functions.evaluate(rule.get("RuleCondition"), where + ".RuleCondition")) {
      return;
    }
    for (Object node : TemplateNode.list(rule, "Assertions", where)) {
      Map<String, Object> assertion = TemplateNode.map(node, where);
      if (!functions.evaluate(assertion.get("Assert"), where + ".Assert")) {
        throw new ParameterException(
            TemplateNode.text(assertion, "AssertDescription", where, where + " is not met"));
      }
    }
  }
}
