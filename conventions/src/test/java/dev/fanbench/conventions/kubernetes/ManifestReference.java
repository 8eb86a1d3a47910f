package dev.fanbench.conventions.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References between the objects of a namespace, looked up by the API. A reference to nothing is a
 * problem, in a sentence.
 */
final class ManifestReference {
  private static final Pattern ADDRESS = Pattern.compile("\\w+://([\\w-]+):(\\d+).*");
  private static final Pattern TARGET = Pattern.compile("target=\\w+://([\\w-]+):(\\d+).*");
  private static final Pattern AWAITED =
      Pattern.compile("until exec 3<>/dev/tcp/([\\w-]+)/(\\d+); do sleep 1; done");
  private static final Pattern PEER = Pattern.compile("peers=([\\w-]+)\\.([\\w-]+)");

  private final NamespacedKubernetesClient client;
  private final List<String> problems = new ArrayList<>();

  private ManifestReference(NamespacedKubernetesClient client) {
    this.client = client;
  }

  /** The problems of all pods and Services of a namespace; none if every reference is met. */
  static List<String> problems(NamespacedKubernetesClient all, String namespace) {
    ManifestReference references = new ManifestReference(all.inNamespace(namespace));
    references.check();
    return references.problems;
  }

  private void check() {
    require(!client.pods().list().getItems().isEmpty(), "there is no pod");
    client.apps().deployments().list().getItems().forEach(this::checkDeployment);
    client.services().list().getItems().forEach(this::checkService);
    client.pods().list().getItems().forEach(this::checkPod);
  }

  private void checkDeployment(Deployment deployment) {
    require(
        deployment
            .getSpec()
            .getTemplate()
            .getMetadata()
            .getLabels()
            .entrySet()
            .containsAll(deployment.getSpec().getSelector().getMatchLabels().entrySet()),
        name(deployment) + " does not select its own pods");
  }

  /** A Service leads to the pods of one owner, each of which has its ports. */
  private void checkService(Service service) {
    List<Pod> pods = client.pods().withLabels(service.getSpec().getSelector()).list().getItems();
    require(!pods.isEmpty(), name(service) + " selects no pod");
    Set<Object> owners = new HashSet<>();
    for (Pod pod : pods) {
      owners.add(pod.getSpec().getContainers().get(0).getName());
      for (ServicePort port : service.getSpec().getPorts()) {
        IntOrString target =
            port.getTargetPort() == null ? new IntOrString(port.getPort()) : port.getTargetPort();
        require(
            pod.getSpec().getContainers().stream().anyMatch(each -> hasPort(each, target)),
            "%s leads to port %s, which %s lacks"
                .formatted(name(service), target.getValue(), name(pod)));
      }
    }
    require(owners.size() < 2, name(service) + " selects pods of " + owners);
  }

  private static boolean hasPort(Container container, IntOrString wanted) {
    return container.getPorts().stream().anyMatch(port -> isPort(port, wanted.getValue()));
  }

  private static boolean isPort(ContainerPort port, Object wanted) {
    return wanted.equals(port.getName()) || wanted.equals(port.getContainerPort());
  }

  private void checkPod(Pod pod) {
    checkWait(pod);
    for (Container container : pod.getSpec().getContainers()) {
      container.getEnv().forEach(variable -> checkVariable(pod, variable));
      container.getVolumeMounts().forEach(mount -> checkMount(pod, container, mount));
      container.getArgs().forEach(argument -> checkAddress(pod, argument));
      Probe ready = container.getReadinessProbe();
      if (ready != null && ready.getTcpSocket() != null) {
        IntOrString port = ready.getTcpSocket().getPort();
        require(
            hasPort(container, port),
            "%s is asked at port %s, which it lacks".formatted(name(pod), port.getValue()));
      }
    }
  }

  /** A load waits for its target, as the objects of a folder are created together. */
  private void checkWait(Pod pod) {
    Set<String> targets = new HashSet<>();
    for (Container container : pod.getSpec().getContainers()) {
      container.getArgs().forEach(argument -> address(TARGET, argument).ifPresent(targets::add));
    }
    Set<String> awaited = new HashSet<>();
    Set<String> images = new HashSet<>();
    for (Container container : pod.getSpec().getInitContainers()) {
      container.getCommand().forEach(word -> address(AWAITED, word).ifPresent(awaited::add));
      images.add(container.getImage());
    }
    require(
        awaited.equals(targets),
        "%s waits for %s and connects to %s".formatted(name(pod), awaited, targets));
    require(
        pod.getSpec().getContainers().stream()
            .map(Container::getImage)
            .toList()
            .containsAll(images),
        name(pod) + " waits with images of its own: " + images);
  }

  private static Optional<String> address(Pattern form, String text) {
    Matcher address = form.matcher(text);
    return address.matches()
        ? Optional.of(address.group(1) + ":" + address.group(2))
        : Optional.empty();
  }

  private void checkVariable(Pod pod, EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return;
    }
    SecretKeySelector key = variable.getValueFrom().getSecretKeyRef();
    Secret secret = client.secrets().withName(key.getName()).get();
    require(
        secret != null && secret.getData().containsKey(key.getKey()),
        "%s needs the key %s of Secret %s".formatted(name(pod), key.getKey(), key.getName()));
  }

  /** A mounted map is there, and has each file that an argument names below the mount. */
  private void checkMount(Pod pod, Container container, VolumeMount mount) {
    Volume volume =
        pod.getSpec().getVolumes().stream()
            .filter(each -> each.getName().equals(mount.getName()))
            .findFirst()
            .orElse(null);
    require(
        volume != null, name(pod) + " mounts " + mount.getName() + ", which is no volume of it");
    if (volume == null || volume.getConfigMap() == null) {
      return;
    }
    String name = volume.getConfigMap().getName();
    ConfigMap map = client.configMaps().withName(name).get();
    require(map != null, name(pod) + " mounts ConfigMap " + name + ", which is not there");
    String folder = "=" + mount.getMountPath() + "/";
    for (String argument : container.getArgs()) {
      int path = argument.indexOf(folder);
      if (map != null && path >= 0) {
        String file = argument.substring(path + folder.length());
        require(
            map.getData().containsKey(file),
            "%s reads %s, which ConfigMap %s lacks".formatted(name(pod), file, name));
      }
    }
  }

  /** An address in an argument is that of a Service, or of a pod behind one without an address. */
  private void checkAddress(Pod pod, String argument) {
    Matcher peer = PEER.matcher(argument);
    if (peer.matches()) {
      Service service = client.services().withName(peer.group(2)).get();
      require(
          service != null
              && "None".equals(service.getSpec().getClusterIP())
              && peer.group(2).equals(pod.getSpec().getSubdomain())
              && client
                  .pods()
                  .withLabels(service.getSpec().getSelector())
                  .list()
                  .getItems()
                  .stream()
                  .anyMatch(each -> peer.group(1).equals(each.getSpec().getHostname())),
          name(pod) + " looks for its peer at " + argument + ", where no pod is");
    }
    Matcher address = ADDRESS.matcher(argument.substring(argument.indexOf('=') + 1));
    if (address.matches()) {
      Service service = client.services().withName(address.group(1)).get();
      require(
          service != null
              && service.getSpec().getPorts().stream()
                  .anyMatch(port -> address.group(2).equals(port.getPort().toString())),
          name(pod) + " connects to " + argument + ", where no Service is");
    }
  }

  private static String name(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
