package dev.fanbench.gatling.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.fanbench.gatling.options.OptionsReader;
import dev.fanbench.gatling.options.PeerAddress;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Shard;
import dev.fanbench.measurement.workload.SharedWorkload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** The manifests are what Kubernetes knows, and they fit together. */
class ManifestTest {
  private static final Path FOLDER = Path.of("../deploy/kubernetes");

  /** The overlay, from the folder of its base. */
  private static final String NODES = "../kubernetes-nodes/";

  /** The types keep what they do not know, unless they are told not to. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
                  return false;
                }
              })
          .build();

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1 Namespace", Namespace.class,
          "v1 Service", Service.class,
          "v1 ConfigMap", ConfigMap.class,
          "batch/v1 Job", Job.class,
          "apps/v1 Deployment", Deployment.class);

  @TempDir private Path directory;

  @Test
  void allManifestsAreOfKnownTypesAndFields() throws IOException {
    int read = 0;
    for (String resource : resources()) {
      read(resource, Object.class);
      read++;
    }
    assertEquals(6, read);
  }

  @Test
  void aFieldThatKubernetesDoesNotKnowIsFound() throws IOException {
    String json = STRICT.writeValueAsString(yaml("job.yaml"));
    String wrong = json.replace("successPolicy", "successPolicies");
    assertTrue(!wrong.equals(json));
    assertThrows(JacksonException.class, () -> STRICT.readValue(wrong, Job.class));
  }

  @Test
  void everyManifestIsInTheKustomization() throws IOException {
    List<String> files;
    try (Stream<Path> all = Files.walk(FOLDER)) {
      files =
          all.filter(Files::isRegularFile)
              .map(file -> FOLDER.relativize(file).toString())
              .filter(name -> !name.equals("kustomization.yaml"))
              .sorted()
              .toList();
    }
    assertEquals(files, resources().stream().sorted().toList());
  }

  @Test
  void theNumberOfShardsStandsInThreePlaces() throws IOException {
    Job job = read("job.yaml", Job.class);
    assertEquals("Indexed", job.getSpec().getCompletionMode());
    assertEquals(job.getSpec().getCompletions(), job.getSpec().getParallelism());
    assertEquals(
        String.valueOf(job.getSpec().getCompletions()),
        variable(job, "JOB_COMPLETIONS").getValue());
    assertEquals(0, job.getSpec().getBackoffLimitPerIndex());
    assertEquals("0", job.getSpec().getSuccessPolicy().getRules().get(0).getSucceededIndexes());
    assertEquals(
        "token", variable(job, ShardMeeting.TOKEN).getValueFrom().getSecretKeyRef().getKey());
  }

  @Test
  void shardZeroHasTheNameThatTheOthersAskFor() throws IOException {
    Job job = read("job.yaml", Job.class);
    Service service = read("service.yaml", Service.class);
    PodSpec pod = job.getSpec().getTemplate().getSpec();
    String name = job.getMetadata().getName() + "-0." + pod.getSubdomain();
    assertTrue(container(job).getArgs().contains("peers=" + name), container(job)::toString);
    assertEquals(pod.getSubdomain(), service.getMetadata().getName());
    assertEquals("None", service.getSpec().getClusterIP());
    assertTrue(service.getSpec().getPublishNotReadyAddresses());
    assertEquals(PeerAddress.DEFAULT_PORT, service.getSpec().getPorts().get(0).getPort());
    assertEquals(PeerAddress.DEFAULT_PORT, container(job).getPorts().get(0).getContainerPort());
    Map<String, String> labels = job.getSpec().getTemplate().getMetadata().getLabels();
    assertTrue(labels.entrySet().containsAll(service.getSpec().getSelector().entrySet()));
  }

  @Test
  void theWorkloadIsOneThatSoManyShardsCanOffer() throws IOException {
    Job job = read("job.yaml", Job.class);
    ConfigMap map = read("workload.yaml", ConfigMap.class);
    Path workload =
        Files.writeString(directory.resolve("room.conf"), map.getData().get("room.conf"));
    assertTrue(container(job).getArgs().contains("workload=/workload/room.conf"));
    assertTrue(!ConfigFactory.parseFile(workload.toFile()).isEmpty());
    Properties options = new Properties();
    options.setProperty("fanbench.home", "..");
    for (String argument : container(job).getArgs()) {
      int equals = argument.indexOf('=');
      options.setProperty(
          "fanbench." + argument.substring(0, equals), argument.substring(equals + 1));
    }
    options.setProperty("fanbench.workload", workload.toString());
    int shards = job.getSpec().getCompletions();
    for (int index = 0; index < shards; index++) {
      options.setProperty("fanbench.shard", index + "/" + shards);
      SharedWorkload offered =
          OptionsReader.read(options, EnumSet.allOf(PhaseKind.class), "default").offered();
      assertEquals(new Shard(index, shards), offered.shard());
      assertEquals(10_000, offered.own().phases().get(1).subscribers());
    }
  }

  /** A volume beside the folder that the load writes to would keep nothing. */
  @Test
  void theReportsVolumeIsWhereTheImageWrites() throws IOException {
    String image = Files.readString(Path.of("../release/Dockerfile"));
    List<String> mounts =
        container(read("job.yaml", Job.class)).getVolumeMounts().stream()
            .filter(mount -> mount.getName().equals("reports"))
            .map(mount -> mount.getMountPath())
            .toList();
    assertEquals(1, mounts.size());
    assertTrue(image.lines().anyMatch(("VOLUME " + mounts.get(0))::equals), mounts::toString);
  }

  @Test
  void theServerIsWhereTheLoadLooksForIt() throws IOException {
    Service service = read("server/service.yaml", Service.class);
    Deployment server = read("server/deployment.yaml", Deployment.class);
    assertTrue(
        container(read("job.yaml", Job.class))
            .getArgs()
            .contains(
                "target=ws://%s:%d/dev"
                    .formatted(
                        service.getMetadata().getName(),
                        service.getSpec().getPorts().get(0).getPort())));
    assertEquals(
        service.getSpec().getSelector(), server.getSpec().getTemplate().getMetadata().getLabels());
    assertEquals(server.getSpec().getSelector().getMatchLabels(), service.getSpec().getSelector());
  }

  /** The overlay with two nodes: every file is read, and all meet at one Valkey. */
  @Test
  void nodesMeetAtTheValkey() throws IOException {
    Map<String, Object> overlay = yaml(NODES + "kustomization.yaml");
    List<?> resources = (List<?>) overlay.get("resources");
    List<?> patches = (List<?>) overlay.get("patches");
    assertEquals(List.of("../kubernetes", "valkey.yaml", "valkey-service.yaml"), resources);
    assertEquals(List.of(Map.of("path", "server.yaml")), patches);
    try (Stream<Path> files = Files.list(FOLDER.resolve(NODES))) {
      assertEquals(4, files.count(), "no file is left out");
    }
    Deployment patch = read(NODES + "server.yaml", Deployment.class);
    Deployment server = read("server/deployment.yaml", Deployment.class);
    Container node = patch.getSpec().getTemplate().getSpec().getContainers().get(0);
    assertEquals(server.getMetadata().getName(), patch.getMetadata().getName());
    assertEquals(
        server.getSpec().getTemplate().getSpec().getContainers().get(0).getName(), node.getName());
    assertEquals(2, patch.getSpec().getReplicas());
    Deployment valkey = read(NODES + "valkey.yaml", Deployment.class);
    Service service = read(NODES + "valkey-service.yaml", Service.class);
    assertEquals(
        List.of(
            "--redis",
            "redis://%s:%d"
                .formatted(
                    service.getMetadata().getName(),
                    service.getSpec().getPorts().get(0).getPort())),
        node.getArgs());
    assertEquals(
        service.getSpec().getSelector(), valkey.getSpec().getTemplate().getMetadata().getLabels());
    assertEquals(valkey.getSpec().getSelector().getMatchLabels(), service.getSpec().getSelector());
  }

  private static Container container(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  private static EnvVar variable(Job job, String name) {
    return container(job).getEnv().stream()
        .filter(variable -> variable.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> resources() throws IOException {
    return ((List<?>) yaml("kustomization.yaml").get("resources"))
        .stream().map(String::valueOf).toList();
  }

  private static <T> T read(String file, Class<T> as) throws IOException {
    Map<String, Object> yaml = yaml(file);
    Class<?> type = TYPES.get(yaml.get("apiVersion") + " " + yaml.get("kind"));
    return as.cast(STRICT.convertValue(yaml, type));
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Files.readString(FOLDER.resolve(file)));
  }
}
