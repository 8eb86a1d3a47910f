package dev.fanbench.conventions.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanbench.conventions.ProjectTree;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kustomizations name every manifest and nothing else, and give each object one place. */
class KustomizationTest {
  private static final Path DEPLOY = ProjectTree.here().root().resolve("deploy");

  private static final Pattern DOCUMENT_END = Pattern.compile("(?m)^---$");

  @TempDir private Path directory;

  @Test
  void everyManifestIsNamed() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(DEPLOY)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Kustomization nodes = Kustomization.read(DEPLOY.resolve("kubernetes-nodes"));
    assertEquals(files, nodes.files().stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "kubernetes-nodes"})
  void eachObjectIsThereOnceAndInTheNamespace(String folder) throws IOException {
    List<HasMetadata> objects = Kustomization.read(DEPLOY.resolve(folder)).objects();
    assertEquals(objects.size(), byName(objects).size(), () -> byName(objects).toString());
    List<String> namespaces =
        objects.stream()
            .filter(object -> object.getKind().equals("Namespace"))
            .map(object -> object.getMetadata().getName())
            .toList();
    assertEquals(1, namespaces.size(), namespaces::toString);
    for (HasMetadata object : objects) {
      if (!object.getKind().equals("Namespace")) {
        assertEquals(namespaces.get(0), object.getMetadata().getNamespace(), object::toString);
      }
    }
  }

  /** The Kustomize of an installed kubectl makes the same objects, a check of our reader. */
  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "kubernetes-nodes"})
  void kubectlMakesTheSame(String folder) throws IOException, InterruptedException {
    assumeTrue(hasKubectl(), "kubectl is not on the PATH");
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", DEPLOY.resolve(folder).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String made = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, kubectl.waitFor());
    KubernetesSerialization yaml = new KubernetesSerialization();
    List<HasMetadata> objects =
        DOCUMENT_END.splitAsStream(made).map(yaml::<HasMetadata>unmarshal).toList();
    assertEquals(byName(objects), byName(Kustomization.read(DEPLOY.resolve(folder)).objects()));
  }

  private static boolean hasKubectl() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }

  @Test
  void namedFileThatIsNotThereIsFound() throws IOException {
    write("resources: [service.yaml]\n");
    assertThrows(NoSuchFileException.class, () -> Kustomization.read(directory));
  }

  @Test
  void patchOfNothingIsFound() throws IOException {
    write("patches: [{path: patch.yaml}]\n");
    Files.writeString(
        directory.resolve("patch.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n");
    assertThrows(IllegalStateException.class, () -> Kustomization.read(directory));
  }

  @Test
  void generatorIsNotReadOver() throws IOException {
    write("configMapGenerator: []\n");
    String sentence =
        assertThrows(IllegalStateException.class, () -> Kustomization.read(directory)).getMessage();
    assertTrue(sentence.contains("configMapGenerator"), sentence);
  }

  private void write(String kustomization) throws IOException {
    Files.writeString(directory.resolve("kustomization.yaml"), kustomization);
  }

  private static Map<String, HasMetadata> byName(List<HasMetadata> objects) {
    Map<String, HasMetadata> byName = new TreeMap<>();
    for (HasMetadata object : objects) {
      byName.put(object.getKind() + " " + object.getMetadata().getName(), object);
    }
    return byName;
  }
}
