package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes to AWS is whole: all templates, in every combination of their choices. */
class DeploymentTest {
  private static final Path HOME = Path.of("..", "..");
  private static final Map<String, String> IMAGE_AND_CERTIFICATE =
      Map.of(
          "ImageTag", "1", "CertificateArn", "arn:aws:acm:us-east-1:000000000000:certificate/0-0");

  @Test
  void serverlessChatCanBeCreated() {
    assertEquals(
        List.of(),
        Stack.problems(
            Template.builtIn(),
            Map.of("JwtSecretName", "chat/jwt", "HttpSecretName", "chat/http")));
  }

  @Test
  void inMemoryChatCanBeCreated() throws IOException {
    assertEquals(List.of(), Stack.problems(inMemory(), IMAGE_AND_CERTIFICATE));
  }

  @Test
  void apiInFrontOfAnHttpServiceCanBeCreated() throws IOException {
    String template = Files.readString(HOME.resolve("target-system/http-backend.yaml"));
    String backend = "https://service.example";
    assertEquals(List.of(), Stack.problems(template, Map.of("Backend", backend)));
    assertEquals(
        List.of(), Stack.problems(template, Map.of("Backend", backend, "SecretName", "chat/http")));
  }

  private static String inMemory() throws IOException {
    return Files.readString(HOME.resolve("netty-baseline/template.yaml"));
  }

  /** The checks themselves: each of these changes is found. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Ref TargetGroup | !Ref Targets | Listener.DefaultActions.TargetGroupArn refers to Targets",
        "DependsOn: [Listener, | DependsOn: [Ear, | Service depends on Ear, which is not there",
        "      Cpu: !FindInMap [Sizes, !Ref Size, Cpu] | | TaskDefinition has no Cpu",
        "4x8: {Cpu: \"4096\", Memory: \"8192 | 4x8: {Cpu: \"4096\", Memory: \"4096 | Fargate has 8192, 9216",
        "SoftLimit: | SoftLimt: | TaskDefinition.ContainerDefinitions.Ulimits has SoftLimt, unknown",
        "SoftLimit: | SoftLimt: | TaskDefinition.ContainerDefinitions.Ulimits has no SoftLimit",
        "ContainerPort: 9001 | ContainerPort: http | PortMappings.ContainerPort is http, but must be integer",
        "RetentionInDays: 7 | RetentionInDays: 8 | Logs.RetentionInDays is 8, but must be one of",
        "RetentionInDays: 7 | LogGroupClass: STANDARD | Logs keeps its logs for ever",
        "awslogs-group: !Ref Logs | awslogs-group: chat | TaskDefinition logs outside of the stack",
        "SecurityGroups: [!Ref TaskSecurityGroup] | SecurityGroups: one | must be a list",
        "Type: AWS::Logs::LogGroup | Type: AWS::Logs::LogGroup\\n    DeletionPolicy: Retain | Logs outlives",
        "DependsOn: InternetGatewayAttachment | Depends: X | has Depends, unknown to CloudFormation",
        "NetworkMode: | NetworkMoed: | TaskDefinition has NetworkMoed, unknown to AWS::ECS::TaskDef",
        "Logs.Arn | Logs.Name | Logs.Name is no attribute of AWS::Logs::LogGroup",
        "!Ref StageName | dev | parameter StageName is not used",
        "${ImageTag} | ${Tag} | refers to Tag, which the template lacks",
        "Action: ecr:GetAuthorizationToken | Action: ecr:* | a statement allows ecr:*",
        "Type: AWS::ECS::Cluster | Type: AWS::ECS::Clutter | Cluster is a AWS::ECS::Clutter"
      })
  void whatIsBrokenIsFound(String part, String broken, String problem) throws IOException {
    assertFound(inMemory(), IMAGE_AND_CERTIFICATE, part, broken, problem);
  }

  /** What SAM's transform would make of it, too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Transform: AWS::Serverless-2016-10-31 | Lost: {} | the template needs Transform",
        "MemorySize: 1024 | Memory: 1024 | Globals.Function has Memory, which SamTransform has no rule",
        "MemorySize: 1024 | MemorySize: big | ConnectFunction.MemorySize is big, but must be integer",
        "LogGroup: !Ref FunctionLogs | LogFormat: Text | ConnectFunction logs outside of the stack",
        "Runtime: java21 | Runtime: java17 | ConnectFunction has the runtime java17",
        "Architectures: [arm64] | Architectures: arm64 | Architectures is arm64, but must be a list",
        "Role: !GetAtt ConnectRole.Arn | Timeout: 29 | ConnectFunctionRole may enter a VPC, but",
        "AWSLambdaENIManagementAccess | Nothing | ConnectRole may not enter the VPC that Connect",
        "      AutoDeploy: true | | Stage has no AutoDeploy",
        "AutoDeploy: true | DeploymentId: x | Stage has a DeploymentId, which is a snapshot",
        "AWS::ApiGatewayV2::RouteResponse | AWS::ApiGatewayV2::Deployment | is a snapshot of its API"
      })
  void whatSamWouldNotTakeIsFound(String part, String broken, String problem) {
    assertFound(Template.builtIn(), Map.of(), part, broken, problem);
  }

  private static void assertFound(
      String template, Map<String, String> given, String part, String broken, String problem) {
    String changed = template.replace(part, broken == null ? "" : broken.replace("\\n", "\n"));
    assertNotEquals(template, changed);
    List<String> problems = Stack.problemsNearDefaults(changed, given);
    assertTrue(
        problems.stream().anyMatch(each -> each.contains(problem)),
        () -> String.join("\n", problems));
  }

  @Test
  void functionsMayTouchTheirOwnTableApiAndFunctionOnly() {
    String posts = ":${ChatApi}/${StageName}/POST/@connections/*\"";
    for (String resource : matches(Template.builtIn(), "(?m)^ +Resource: (.+)$")) {
      assertTrue(resource.matches("!GetAtt \\w+\\.Arn") || resource.endsWith(posts), resource);
    }
  }

  /**
   * A deployment of an API is a snapshot, which a stack update with other parameters keeps: a stage
   * that has one would stay open after {@code Authorizer=jwt}, and call what it called after
   * another {@code Integration}.
   */
  @ParameterizedTest
  @MethodSource("templates")
  void stagesFollowTheirApis(Path file) throws IOException {
    Map<String, Object> template = TemplateYaml.parse(Files.readString(file));
    TemplateNode.mapIn(template, "Resources", "template")
        .forEach(
            (name, node) -> {
              Map<String, Object> resource = TemplateNode.map(node, name);
              String type = TemplateNode.text(resource, "Type", name);
              assertNotEquals("AWS::ApiGatewayV2::Deployment", type, name);
              if (type.equals("AWS::ApiGatewayV2::Stage")) {
                Map<String, Object> stage = TemplateNode.mapIn(resource, "Properties", name);
                assertEquals(true, stage.get("AutoDeploy"), name);
                assertFalse(stage.containsKey("DeploymentId"), name);
              }
            });
  }

  /** Every template of the tree that is deployed: those of tests have no format version. */
  static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.walk(HOME, 3)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .filter(file -> !file.toString().contains("/target/"))
              .filter(DeploymentTest::isDeployed)
              .toList();
      assertEquals(5, found.size(), found::toString);
      return found;
    }
  }

  private static boolean isDeployed(Path file) {
    try {
      return Files.readString(file).startsWith("AWSTemplateFormatVersion");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void bothStacksTellWhereTheyAre() throws IOException {
    for (String output : List.of("WebSocketUrl:", "ConnectionsEndpoint:")) {
      assertTrue(Template.builtIn().contains("\n  " + output), output);
    }
    assertTrue(inMemory().contains("\n  BalancerName:"));
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }
}
