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
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to AWS is whole: both templates in every combination of their choices, both images. */
class DeploymentTest {
  private static final Path HOME = Path.of("..", "..");
  private static final Map<String, String> CERTIFICATE =
      Map.of("CertificateArn", "arn:aws:acm:us-east-1:000000000000:certificate/0-0");

  @Test
  void serverlessChatCanBeCreated() {
    assertEquals(List.of(), Stack.problems(Template.builtIn(), Map.of()));
  }

  @Test
  void inMemoryChatCanBeCreated() throws IOException {
    assertEquals(List.of(), Stack.problems(inMemory(), CERTIFICATE));
  }

  @Test
  void apiInFrontOfAnHttpServiceCanBeCreated() throws IOException {
    assertEquals(
        List.of(),
        Stack.problems(
            Files.readString(HOME.resolve("target-system/http-backend.yaml")),
            Map.of("Backend", "https://service.example")));
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
        "      Cpu: !Ref Cpu | | TaskDefinition has no Cpu",
        "NetworkMode: | NetworkMoed: | TaskDefinition has NetworkMoed, unknown to AWS::ECS::TaskDef",
        "Logs.Arn | Logs.Name | Logs.Name is no attribute of AWS::Logs::LogGroup",
        "!Ref StageName | dev | parameter StageName is not used",
        "${ImageTag} | ${Tag} | refers to Tag, which the template lacks",
        "Action: ecr:GetAuthorizationToken | Action: ecr:* | a statement allows ecr:*",
        "Type: AWS::ECS::Cluster | Type: AWS::ECS::Clutter | Cluster is a AWS::ECS::Clutter"
      })
  void whatIsBrokenIsFound(String part, String broken, String problem) throws IOException {
    String changed = inMemory().replace(part, broken == null ? "" : broken);
    assertNotEquals(inMemory(), changed);
    List<String> problems = Stack.problems(changed, CERTIFICATE);
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
    Tree.mapIn(template, "Resources", "template")
        .forEach(
            (name, node) -> {
              Map<String, Object> resource = Tree.map(node, name);
              String type = Tree.text(resource, "Type", name);
              assertNotEquals("AWS::ApiGatewayV2::Deployment", type, name);
              if (type.equals("AWS::ApiGatewayV2::Stage")) {
                Map<String, Object> stage = Tree.mapIn(resource, "Properties", name);
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
      assertEquals(3, found.size(), found::toString);
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

  /** No image can be built here, but what a build would stumble over can be seen. */
  @ParameterizedTest
  @ValueSource(strings = {"netty-baseline", "gatling"})
  void imageIsMadeOfWhatTheBuildMakes(String module) throws IOException {
    String file = Files.readString(HOME.resolve(module).resolve("Dockerfile"));
    String version = "0.1.0-SNAPSHOT";
    assertTrue(Files.readString(HOME.resolve("pom.xml")).contains("<version>" + version + "<"));
    for (String copied : matches(file, "(?m)^COPY --from=build /src/(\\S+) ")) {
      assertTrue(
          List.of(
                  module + "/target/dependency/",
                  module + "/target/fanbench-" + module + "-" + version + ".jar")
              .contains(copied),
          copied);
    }
    for (String copied : matches(file, "(?m)^COPY (?!--)(\\S+) ")) {
      assertTrue(Files.exists(HOME.resolve(copied)), copied);
    }
    for (String main : matches(file, "(dev\\.fanbench\\.[\\w.]+)")) {
      Path source = HOME.resolve(module + "/src/main/java/" + main.replace('.', '/') + ".java");
      assertTrue(Files.exists(source), source.toString());
    }
    assertEquals(List.of(module), matches(file, " -pl (\\S+) "));
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }
}
