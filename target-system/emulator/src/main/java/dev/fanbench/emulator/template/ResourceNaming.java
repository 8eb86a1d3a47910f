package dev.fanbench.emulator.template;

import static java.util.Map.entry;

import java.util.Map;

/** Names of resources that are not their logical ones, as references to them yield them. */
final class ResourceNaming {
  private static final String PROPERTIES = "Properties";
  private static final String FUNCTION_NAME = "FunctionName";
  private static final String ALIAS = "AutoPublishAlias";

  /** The property that gives a resource of a type its physical name. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          entry("AWS::DynamoDB::GlobalTable", "TableName"),
          entry("AWS::DynamoDB::Table", "TableName"),
          entry("AWS::Events::EventBus", "Name"),
          entry("AWS::IAM::Role", "RoleName"),
          entry("AWS::Kinesis::Stream", "Name"),
          entry("AWS::Lambda::Function", FUNCTION_NAME),
          entry("AWS::Logs::LogGroup", "LogGroupName"),
          entry("AWS::S3::Bucket", "BucketName"),
          entry("AWS::SNS::Topic", "TopicName"),
          entry("AWS::SQS::Queue", "QueueName"),
          entry("AWS::Serverless::Function", FUNCTION_NAME),
          entry("AWS::Serverless::StateMachine", "Name"),
          entry("AWS::StepFunctions::StateMachine", "StateMachineName"));

  private final ReferenceTable references;

  ResourceNaming(ReferenceTable references) {
    this.references = references;
  }

  /**
   * Tells the references about resources with names of their own, about aliases and versions of
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
    // Aliases and versions have the names of their functions, which may come after them.
    each(resources, this::nameByProperty);
    each(resources, this::name);
  }

  /** Names a resource. */
  @FunctionalInterface
  private interface Step {
    void take(String name, String type, Map<String, Object> properties);
  }

  private static void each(Map<String, Object> resources, Step step) {
    resources.forEach(
        (name, node) -> {
          Map<String, Object> resource = TemplateNode.map(node, name);
          step.take(
              name,
              String.valueOf(resource.get("Type")),
              TemplateNode.mapIn(resource, PROPERTIES, name));
        });
  }

  private void nameByProperty(String name, String type, Map<String, Object> properties) {
    String property = NAMES.get(type);
    if (property == null || !properties.containsKey(property)) {
      return;
    }
    try {
      Map<String, Object> own = resolved(properties, property, name);
      if (own.containsKey(property)) {
        references.name(name, TemplateNode.text(own, property, name));
      }
    } catch (TemplateException unknown) {
      // It is refused where the property is read, unless nothing needs it.
    }
  }

  private void name(String name, String type, Map<String, Object> properties) {
    if (type.equals("AWS::Lambda::Alias")) {
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
        String arn = references.functionArn(name).toString();
        references.name(name + ".Alias", arn + ":" + TemplateNode.text(alias, ALIAS, name));
        references.name(name + ".Version", arn + ":1");
      }
    }
  }

  /** The ARN of the function that an alias or a version names by its name or by its ARN. */
  private String function(String name, Map<String, Object> properties) {
    String text = TemplateNode.text(resolved(properties, FUNCTION_NAME, name), FUNCTION_NAME, name);
    return references
        .functionArn(text.replaceFirst(".*:function:", "").replaceFirst(":.*", ""))
        .toString();
  }

  private Map<String, Object> resolved(Map<String, Object> properties, String key, String name) {
    Object value = properties.get(key);
    return value == null
        ? Map.of()
        : TemplateNode.map(references.resolve(Map.of(key, value), name), name);
  }
}
