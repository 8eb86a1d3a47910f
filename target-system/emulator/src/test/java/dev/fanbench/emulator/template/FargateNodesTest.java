package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Fargate template with two tasks: they reach one Valkey, and know its password. */
class FargateNodesTest {
  private static final Path CHAT = Path.of("..", "..", "netty-baseline");
  private static final String VARIABLE = "FANBENCH_REDIS_PASSWORD";

  private static Map<String, Map<String, Object>> tasks(int number) throws IOException {
    return Stack.resources(
        Files.readString(CHAT.resolve("template.yaml")),
        Map.of(
            "ImageTag",
            "1",
            "CertificateArn",
            "arn:aws:acm:us-east-1:000000000000:certificate/0-0",
            "Tasks",
            String.valueOf(number)));
  }

  private static Map<String, Object> properties(
      Map<String, Map<String, Object>> resources, String name) {
    return TemplateNode.mapIn(resources.get(name), "Properties", name);
  }

  private static Map<String, Object> container(Map<String, Map<String, Object>> resources) {
    List<?> containers =
        (List<?>) properties(resources, "TaskDefinition").get("ContainerDefinitions");
    assertEquals(1, containers.size());
    return TemplateNode.map(containers.get(0), "container");
  }

  @Test
  void twoTasksAreWanted() throws IOException {
    Map<String, Object> service = properties(tasks(2), "Service");
    assertEquals("2", service.get("DesiredCount").toString());
    assertEquals("TaskDefinition", service.get("TaskDefinition"));
  }

  @Test
  void tasksConnectToTheValkeyWithTls() throws IOException {
    Map<String, Map<String, Object>> resources = tasks(2);
    assertEquals(
        List.of(
            "--stage",
            "dev",
            "--redis",
            "rediss://Cache.PrimaryEndPoint.Address:Cache.PrimaryEndPoint.Port"),
        container(resources).get("Command"));
    Map<String, Object> cache = properties(resources, "Cache");
    assertEquals("valkey", cache.get("Engine"));
    assertEquals(true, cache.get("TransitEncryptionEnabled"));
    // Of a cluster the primary end point would be none.
    assertEquals("disabled", cache.get("ClusterMode"));
  }

  @Test
  void securityGroupsLetTheTasksReachItAndNoOther() throws IOException {
    Map<String, Map<String, Object>> resources = tasks(2);
    Map<String, Object> cache = properties(resources, "Cache");
    assertEquals(List.of("CacheSecurityGroup"), cache.get("SecurityGroupIds"));
    Map<String, Object> network =
        TemplateNode.mapIn(
            TemplateNode.mapIn(properties(resources, "Service"), "NetworkConfiguration", "Service"),
            "AwsvpcConfiguration",
            "Service");
    assertEquals(List.of("TaskSecurityGroup"), network.get("SecurityGroups"));
    Map<String, Object> door = properties(resources, "CacheSecurityGroup");
    assertEquals(
        List.of(
            Map.of(
                "IpProtocol",
                "tcp",
                "FromPort",
                cache.get("Port"),
                "ToPort",
                cache.get("Port"),
                "SourceSecurityGroupId",
                "TaskSecurityGroup")),
        door.get("SecurityGroupIngress"));
    // Without a rule for what goes out, all may.
    assertFalse(properties(resources, "TaskSecurityGroup").containsKey("SecurityGroupEgress"));
    assertEquals(
        network.get("Subnets"), properties(resources, "CacheSubnetGroup").get("SubnetIds"));
    assertEquals("CacheSubnetGroup", cache.get("CacheSubnetGroupName"));
  }

  @Test
  void passwordIsASecretThatFargateReads() throws IOException {
    Map<String, Map<String, Object>> resources = tasks(2);
    assertEquals(
        List.of(Map.of("Name", VARIABLE, "ValueFrom", "CachePassword")),
        container(resources).get("Secrets"));
    assertFalse(container(resources).containsKey("Environment"));
    assertEquals(
        "{{resolve:secretsmanager:CachePassword:SecretString}}",
        properties(resources, "Cache").get("AuthToken"));
    String policies = properties(resources, "ExecutionRole").get("Policies").toString();
    assertTrue(
        policies.contains("Action=secretsmanager:GetSecretValue, Resource=CachePassword"),
        policies);
    String address =
        Files.readString(
            CHAT.resolve("src/main/java/dev/fanbench/baseline/nodes/RedisAddress.java"));
    assertTrue(address.contains("PASSWORD_VARIABLE = \"" + VARIABLE + '"'), address);
  }

  /** ElastiCache rejects shorter and longer ones, and most punctuation. */
  @Test
  void passwordIsOneThatElastiCacheTakes() throws IOException {
    Map<String, Object> rule =
        TemplateNode.mapIn(
            properties(tasks(2), "CachePassword"), "GenerateSecretString", "CachePassword");
    int length = TemplateNode.number(rule, "PasswordLength", "CachePassword", 0);
    assertTrue(16 <= length && length <= 128, () -> "" + length);
    assertEquals(true, rule.get("ExcludePunctuation"));
  }

  @Test
  void oneTaskNeedsNone() throws IOException {
    Map<String, Map<String, Object>> resources = tasks(1);
    assertEquals("1", properties(resources, "Service").get("DesiredCount").toString());
    assertEquals(List.of("--stage", "dev"), container(resources).get("Command"));
    assertFalse(container(resources).containsKey("Secrets"));
    assertEquals(
        List.of(), resources.keySet().stream().filter(name -> name.startsWith("Cache")).toList());
    String policies = properties(resources, "ExecutionRole").get("Policies").toString();
    assertFalse(policies.contains("secretsmanager"), policies);
  }
}
