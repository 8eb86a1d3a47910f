package dev.fanbench.emulator.template;

import java.util.Map;
import java.util.Set;

/** Names of resources that are not their logical ones, as references to them yield them. */
final class ResourceNaming {
  private static final Set<String> TABLES =
      Set.of("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable");
  private static final String PROPERTIES = "Properties";
  private static final String TABLE_NAME = "TableName";
  private static final String FUNCTION_NAME = "FunctionName";
  private static final String ALIAS = "AutoPublishAlias";

  private final ReferenceTable references;

  ResourceNaming(ReferenceTable references) {
    this.references = references;
  }

  /**
   * Tells the references about tables with names of their own, about aliases and versions of
   * functions, and about the stages of APIs of SAM.
   *
   * @param resources by logical name, references unresolved
   * @param stageNames the names of stages by the logical names of their APIs
   */
  void nameAll(Map<String, Object> resources, Map<String, Object> stageNames) {
    stageNames.forEach(
        (api, stage) ->
            references.name(
                api + ".Stage", String.valueOf(references.resolve(stage, api + ".StageName"))));
    resources.forEach(
        (name, node) -> {
          Map<String, Object> resource = TemplateNode.map(node, name);
          name(
              name,
              String.valueOf(resource.get("Type")),
              TemplateNode.mapIn(resource, PROPERTIES, name));
        });
  }

  private void name(String name, String type, Map<String, Object> properties) {
    if (TABLES.contains(type)) {
      nameTable(name, properties);
    } else if (type.equals("AWS::Lambda::Alias")) {
      String alias = TemplateNode.text(resolved(properties, "Name", name), "Name", name);
      references.name(name, function(name, properties) + ":" + alias);
      references.name(name + ".AliasArn", function(name, properties) + ":" + alias);
    } else if (type.equals("AWS::Lambda::Version")) {
      references.name(name, function(name, properties) + ":1");
      references.name(name + ".FunctionArn", function(name, properties) + ":1");
      references.name(name + ".Version", "1");
    } else if (type.equals(FunctionReader.FUNCTION) && properties.containsKey(ALIAS)) {
      Map<String, Object> alias = resolved(properties, ALIAS, name);
      if (!alias.isEmpty()) {
        String arn = references.functionArn(name);
        references.name(name + ".Alias", arn + ":" + TemplateNode.text(alias, ALIAS, name));
        references.name(name + ".Version", arn + ":1");
      }
    }
  }

  private void nameTable(String name, Map<String, Object> properties) {
    Map<String, Object> named =
        properties.containsKey(TABLE_NAME) ? resolved(properties, TABLE_NAME, name) : Map.of();
    String physical = TemplateNode.text(named, TABLE_NAME, name, name);
    if (!physical.equals(name)) {
      references.name(name, physical);
    }
    references.arn(name, references.tableArn(physical));
  }

  /** The ARN of the function that an alias or a version names by its name or by its ARN. */
  private String function(String name, Map<String, Object> properties) {
    String text = TemplateNode.text(resolved(properties, FUNCTION_NAME, name), FUNCTION_NAME, name);
    return references.functionArn(text.replaceFirst(".*:function:", "").replaceFirst(":.*", ""));
  }

  private Map<String, Object> resolved(Map<String, Object> properties, String key, String name) {
    Object value = properties.get(key);
    return value == null
        ? Map.of()
        : TemplateNode.map(references.resolve(Map.of(key, value), name), name);
  }
}
