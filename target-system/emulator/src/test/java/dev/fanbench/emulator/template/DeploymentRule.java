package dev.fanbench.emulator.template;

import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Rules that a deployment needs and that the schema does not have, checked on the resources of one
 * choice of parameters, with every reference resolved.
 */
final class DeploymentRule {
  /** Runtimes for which functions can still be created in 2029. */
  private static final Set<String> RUNTIMES = Set.of("java21", "java25");

  /** Managed policies that let a function into a VPC. */
  private static final Set<String> VPC_POLICIES =
      Set.of("AWSLambdaVPCAccessExecutionRole", "AWSLambdaENIManagementAccess");

  private final Map<String, Map<String, Object>> resources;
  private final Consumer<String> problems;

  private DeploymentRule(Map<String, Map<String, Object>> resources, Consumer<String> problems) {
    this.resources = resources;
    this.problems = problems;
  }

  static void check(Map<String, Map<String, Object>> resources, Consumer<String> problems) {
    DeploymentRule rules = new DeploymentRule(resources, problems);
    rules.each("AWS::ApiGatewayV2::Api", rules::checkApi);
    rules.each("AWS::ApiGatewayV2::Stage", rules::checkStage);
    rules.each("AWS::ApiGatewayV2::Deployment", rules::refuseSnapshot);
    rules.each("AWS::ECS::TaskDefinition", rules::checkTask);
    rules.each("AWS::IAM::Role", rules::checkRole);
    rules.each("AWS::Lambda::Function", rules::checkFunction);
    rules.each("AWS::Logs::LogGroup", rules::checkLogGroup);
  }

  private void each(String type, BiConsumer<String, Map<String, Object>> check) {
    resources.forEach(
        (name, resource) -> {
          if (type.equals(resource.get("Type"))) {
            check.accept(name, TemplateNode.mapIn(resource, "Properties", name));
          }
        });
  }

  private void checkApi(String name, Map<String, Object> api) {
    require(api.containsKey("Name"), name + " has no Name");
    require("WEBSOCKET".equals(api.get("ProtocolType")), name + " is no WebSocket API");
    require(api.containsKey("RouteSelectionExpression"), name + " has no RouteSelectionExpression");
  }

  /**
   * A deployment of an API is a snapshot, which a stack update with other parameters keeps: a stage
   * that has one would stay open after {@code Authorizer=jwt}, and call the old functions after
   * another {@code Integration}.
   */
  private void checkStage(String name, Map<String, Object> stage) {
    require(
        "true".equals(String.valueOf(stage.get("AutoDeploy"))),
        name + " has no AutoDeploy: true, so a stack update would not reach it");
    require(!stage.containsKey("DeploymentId"), name + " has a DeploymentId, which is a snapshot");
  }

  private void refuseSnapshot(String name, Map<String, Object> deployment) {
    problems.accept(name + " is a snapshot of its API, which a stack update would leave as it is");
  }

  private void checkTask(String name, Map<String, Object> task) {
    if (TemplateNode.list(task, "RequiresCompatibilities", name).contains("FARGATE")) {
      require(task.containsKey("Cpu"), name + " has no Cpu");
      require(task.containsKey("Memory"), name + " has no Memory");
      int cpu = TemplateNode.number(task, "Cpu", name, 0);
      int memory = TemplateNode.number(task, "Memory", name, 0);
      require(
          FargateSize.exists(cpu, memory),
          "%s has Cpu %d with %d MB; Fargate has %s"
              .formatted(name, cpu, memory, FargateSize.allowed(cpu)));
      require("awsvpc".equals(task.get("NetworkMode")), name + " has no NetworkMode awsvpc");
      require(task.containsKey("ExecutionRoleArn"), name + " has no ExecutionRoleArn");
    }
    for (Object container : TemplateNode.list(task, "ContainerDefinitions", name)) {
      Map<String, Object> log =
          TemplateNode.mapIn(
              TemplateNode.map(container, name),
              "LogConfiguration",
              name + ".ContainerDefinitions");
      Object group = TemplateNode.mapIn(log, "Options", name).get("awslogs-group");
      require(isOfType(group, "AWS::Logs::LogGroup"), name + " logs outside of the stack");
    }
  }

  private void checkFunction(String name, Map<String, Object> function) {
    Object runtime = function.get("Runtime");
    require(
        runtime != null && RUNTIMES.contains(runtime.toString()),
        "%s has the runtime %s; take one of %s".formatted(name, runtime, RUNTIMES));
    Object group = TemplateNode.mapIn(function, "LoggingConfig", name).get("LogGroup");
    require(
        isOfType(group, "AWS::Logs::LogGroup"),
        name + " logs outside of the stack, into a group that outlives it");
  }

  private void checkLogGroup(String name, Map<String, Object> group) {
    require(group.containsKey("RetentionInDays"), name + " keeps its logs for ever");
    String policy = String.valueOf(resources.get(name).getOrDefault("DeletionPolicy", "Delete"));
    require(policy.equals("Delete"), name + " outlives the stack");
  }

  /** A role may enter a VPC if, and only if, a function that has it is in one. */
  private void checkRole(String name, Map<String, Object> role) {
    boolean allowed =
        TemplateNode.list(role, "ManagedPolicyArns", name).stream()
            .map(arn -> arn.toString().replaceFirst(".*/", ""))
            .anyMatch(VPC_POLICIES::contains);
    each(
        "AWS::Lambda::Function",
        (function, properties) -> {
          if (TemplateNode.text(properties, "Role", function, "").equals(name + ".Arn")) {
            boolean inVpc = properties.containsKey("VpcConfig");
            require(inVpc || !allowed, name + " may enter a VPC, but " + function + " is in none");
            require(allowed || !inVpc, name + " may not enter the VPC that " + function + " is in");
          }
        });
  }

  private boolean isOfType(Object name, String type) {
    return name != null
        && resources.containsKey(name.toString())
        && type.equals(resources.get(name.toString()).get("Type"));
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.accept(problem);
    }
  }
}
