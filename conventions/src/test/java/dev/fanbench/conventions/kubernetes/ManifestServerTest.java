package dev.fanbench.conventions.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.conventions.ProjectTree;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mock API server takes all manifests, and every reference between them leads to an object. */
class ManifestServerTest {
  private static final Path ROOT = ProjectTree.here().root();
  private static final String NAMESPACE = "fanbench";

  /** The Secret is made by a command of the docs, as every run should have its own. */
  private static final Pattern SECRET_COMMAND =
      Pattern.compile("kubectl -n (\\S+) create secret generic (\\S+) --from-literal=(\\w+)=\\S+");

  private static final Pattern HEALTH_CHECK =
      Pattern.compile("HEALTHCHECK .* CMD \\[\"(\\w+)\", \"([\\w/]+)\"]");

  private final MockCluster cluster = new MockCluster();

  @TempDir private Path directory;

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "kubernetes-nodes"})
  void objectsComeBackAsTheyWereCreated(String folder) throws IOException {
    List<HasMetadata> objects = objects(ROOT.resolve("deploy"), folder);
    cluster.create(objects);
    for (HasMetadata object : objects) {
      HasMetadata kept = cluster.client().resource(object).get();
      ObjectMeta metadata = kept.getMetadata();
      assertTrue(!metadata.getUid().isEmpty(), metadata::toString);
      metadata.setUid(null);
      metadata.setResourceVersion(null);
      metadata.setCreationTimestamp(null);
      metadata.setGeneration(null);
      assertEquals(withoutStatus(object), withoutStatus(kept));
      assertThrows(
          KubernetesClientException.class, () -> cluster.client().resource(object).create());
    }
  }

  private static Map<?, ?> withoutStatus(HasMetadata object) {
    Map<?, ?> fields = new KubernetesSerialization().convertValue(object, Map.class);
    fields.remove("status");
    return fields;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "kubernetes-nodes"})
  void everyReferenceLeadsToAnObject(String folder) throws IOException {
    assertEquals(List.of(), problems(ROOT.resolve("deploy"), folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kubernetes/workload.yaml | name: fanbench-workload | name: load | mounts ConfigMap fanbench-workload,",
        "kubernetes/workload.yaml | room.conf | hall.conf | Pod fanbench-0 reads room.conf, which ConfigMap",
        "kubernetes/service.yaml | component: load | component: loud | Service fanbench selects no pod",
        "kubernetes/service.yaml | component: load | component: server | Service fanbench leads to port 7411,",
        "kubernetes/service.yaml | clusterIP: None | type: ClusterIP | fanbench-3 looks for its peer at peers=",
        "kubernetes/service.yaml | name: fanbench | name: shards | looks for its peer at peers=fanbench-0.fan",
        "kubernetes/job.yaml | fanbench-barrier | barrier | Pod fanbench-1 needs the key token of Secret barrier",
        "kubernetes/job.yaml | key: token | key: word | needs the key word of Secret fanbench-barrier",
        "kubernetes/job.yaml | name: workload\\n              mountPath | name: work\\n              mountPath | mounts work",
        "kubernetes/job.yaml | tcp/server/9001 | tcp/server/9002 | waits for [server:9002] and connects to [server:9001]",
        "kubernetes/job.yaml | target=ws://server | target=ws://chat | waits for [server:9001] and connects to [chat:9001]",
        "kubernetes/job.yaml | initContainers:\\n        - name: server\\n          image: fanbench-load | initContainers:\\n        - name: server\\n          image: fanbench | waits with images of its own: [fanbench]",
        "kubernetes/server/service.yaml | port: 9001 | port: 9002 | connects to target=ws://server:9001/dev, where",
        "kubernetes/server/service.yaml | targetPort: ws | targetPort: http | Service server leads to port http",
        "kubernetes-nodes/valkey.yaml | port: redis | port: rediss | Pod valkey-0 is asked at port rediss, which",
        "kubernetes-nodes/valkey-service.yaml | name: valkey | name: redis | connects to redis://valkey:6379, where",
        "kubernetes-nodes/server.yaml | redis://valkey:6379 | redis://valkey:6380 | Pod server-1 connects to redis"
      })
  void referenceToNothingIsFound(String file, String part, String broken, String problem)
      throws IOException {
    copyManifests();
    Path changed = directory.resolve(file);
    String before = Files.readString(changed);
    String after = before.replace(part.replace("\\n", "\n"), broken.replace("\\n", "\n"));
    assertNotEquals(before, after);
    Files.writeString(changed, after);
    List<String> problems = problems(directory, "kubernetes-nodes");
    assertTrue(
        problems.stream().anyMatch(each -> each.contains(problem)),
        () -> String.join("\n", problems));
  }

  /** A server that is stuck keeps its port open, so that each probe runs the image's own check. */
  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "kubernetes-nodes"})
  void serverIsProbedAsItsImageChecksItself(String folder) throws IOException {
    Matcher check =
        HEALTH_CHECK.matcher(Files.readString(ROOT.resolve("netty-baseline/Dockerfile")));
    assertTrue(check.find());
    List<String> command = List.of(check.group(1), check.group(2));
    problems(ROOT.resolve("deploy"), folder);
    Container server =
        cluster
            .client()
            .pods()
            .inNamespace(NAMESPACE)
            .withName("server-0")
            .get()
            .getSpec()
            .getContainers()
            .get(0);
    for (Probe probe :
        List.of(server.getStartupProbe(), server.getReadinessProbe(), server.getLivenessProbe())) {
      assertEquals(command, probe.getExec().getCommand());
      assertEquals(5, probe.getTimeoutSeconds());
    }
    assertEquals(30, server.getReadinessProbe().getPeriodSeconds());
    assertEquals(30, server.getLivenessProbe().getPeriodSeconds());
  }

  /** The command of the docs that follows the log of the first shard names that pod alone. */
  @Test
  void firstShardIsFoundByItsIndex() throws IOException {
    problems(ROOT.resolve("deploy"), "kubernetes");
    assertTrue(docs().contains("logs --follow --selector " + MockCluster.INDEX + "=0"));
    List<Pod> pods =
        cluster
            .client()
            .pods()
            .inNamespace(NAMESPACE)
            .withLabel(MockCluster.INDEX, "0")
            .list()
            .getItems();
    assertEquals(
        List.of("fanbench-0"), pods.stream().map(pod -> pod.getMetadata().getName()).toList());
  }

  private List<String> problems(Path deploy, String folder) throws IOException {
    cluster.create(objects(deploy, folder));
    cluster.create(List.of(secretOfTheDocs()));
    cluster.startPods(NAMESPACE);
    return ManifestReference.problems(cluster.client(), NAMESPACE);
  }

  private static List<HasMetadata> objects(Path deploy, String folder) throws IOException {
    List<HasMetadata> objects = Kustomization.read(deploy.resolve(folder)).objects();
    assertTrue(
        objects.stream().anyMatch(each -> each instanceof Namespace && isCalled(each, NAMESPACE)));
    return objects;
  }

  private static boolean isCalled(HasMetadata object, String name) {
    return object.getMetadata().getName().equals(name);
  }

  private static Secret secretOfTheDocs() throws IOException {
    Matcher command = SECRET_COMMAND.matcher(docs());
    assertTrue(command.find());
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(command.group(1))
        .withName(command.group(2))
        .endMetadata()
        .addToData(
            command.group(3),
            Base64.getEncoder().encodeToString("token".getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  private static String docs() throws IOException {
    return Files.readString(ROOT.resolve("docs/several-machines.md"));
  }

  private void copyManifests() throws IOException {
    Path deploy = ROOT.resolve("deploy");
    try (Stream<Path> all = Files.walk(deploy)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(deploy.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
