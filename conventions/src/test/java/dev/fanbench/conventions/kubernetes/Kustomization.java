package dev.fanbench.conventions.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of Kustomize that the manifests use: resources, a namespace and patches by name. A
 * kustomization that uses more is rejected.
 */
final class Kustomization {
  private static final String FILE = "kustomization.yaml";
  private static final Set<String> KNOWN =
      Set.of("apiVersion", "kind", "namespace", "resources", "patches");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private final List<Path> files = new ArrayList<>();
  private final List<Map<String, Object>> objects = new ArrayList<>();

  private Kustomization() {}

  /**
   * Reads a folder.
   *
   * @throws IllegalStateException if it uses parts of Kustomize that this class lacks
   * @throws IOException if a named file is not there
   */
  static Kustomization read(Path folder) throws IOException {
    Kustomization all = new Kustomization();
    Map<String, Object> root = all.readFile(folder.resolve(FILE));
    if (!KNOWN.containsAll(root.keySet())) {
      throw new IllegalStateException(
          folder + " has " + root.keySet() + " of which known: " + KNOWN);
    }
    for (String resource : texts(root, "resources")) {
      Path path = folder.resolve(resource).normalize();
      if (Files.isDirectory(path)) {
        Kustomization base = read(path);
        all.files.addAll(base.files);
        all.objects.addAll(base.objects);
      } else {
        all.objects.add(all.readFile(path));
      }
    }
    for (Object patch : list(root, "patches")) {
      all.patch(folder.resolve(map(patch).get("path").toString()));
    }
    if (root.containsKey("namespace")) {
      all.objects.stream()
          .filter(object -> !object.get("kind").equals("Namespace"))
          .forEach(object -> map(object.get("metadata")).put("namespace", root.get("namespace")));
    }
    return all;
  }

  /** Every file that was read, the kustomizations and the patches included. */
  List<Path> files() {
    return List.copyOf(files);
  }

  /** The objects in the order of their files. */
  List<HasMetadata> objects() {
    return objects.stream()
        .map(object -> YAML.<HasMetadata>unmarshal(YAML.asYaml(object)))
        .toList();
  }

  private Map<String, Object> readFile(Path file) throws IOException {
    files.add(file.normalize());
    return map(YAML.unmarshal(Files.readString(file), Map.class));
  }

  private void patch(Path file) throws IOException {
    Map<String, Object> patch = readFile(file);
    Map<String, Object> patched =
        objects.stream()
            .filter(object -> name(object).equals(name(patch)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(file + " patches nothing"));
    merge(patched, patch);
  }

  private static String name(Map<String, Object> object) {
    return object.get("kind") + " " + map(object.get("metadata")).get("name");
  }

  /** Lists of named things, such as containers, are merged by name; others are replaced. */
  private static void merge(Map<String, Object> base, Map<String, Object> patch) {
    patch.forEach(
        (key, value) -> {
          Object before = base.get(key);
          if (before instanceof Map<?, ?> && value instanceof Map<?, ?>) {
            merge(map(before), map(value));
          } else if (before instanceof List<?> && areNamed(value)) {
            list(patch, key).forEach(each -> mergeNamed(list(base, key), map(each)));
          } else {
            base.put(key, value);
          }
        });
  }

  private static boolean areNamed(Object value) {
    return value instanceof List<?> list
        && list.stream().allMatch(each -> each instanceof Map<?, ?> map && map.containsKey("name"));
  }

  private static void mergeNamed(List<Object> base, Map<String, Object> patch) {
    for (Object each : base) {
      if (map(each).get("name").equals(patch.get("name"))) {
        merge(map(each), patch);
        return;
      }
    }
    base.add(patch);
  }

  private static List<String> texts(Map<String, Object> map, String key) {
    return list(map, key).stream().map(String::valueOf).toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Map<String, Object> map, String key) {
    return (List<Object>) map.getOrDefault(key, List.of());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? new LinkedHashMap<>() : (Map<String, Object>) value;
  }
}
