package dev.fanbench.conventions.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An API server that keeps objects and gives them back, with a client. It has no controllers, so
 * {@link #startPods} makes the pods of Jobs and Deployments.
 */
final class MockCluster implements AutoCloseable {
  /** The label by which Kubernetes numbers the pods of an Indexed Job. */
  static final String INDEX = "batch.kubernetes.io/job-completion-index";

  private final KubernetesMockServer server;
  private final NamespacedKubernetesClient client;

  MockCluster() {
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    server.init();
    client = server.createClient();
  }

  NamespacedKubernetesClient client() {
    return client;
  }

  /** Creates each object; one that is there already is rejected. */
  void create(List<? extends HasMetadata> objects) {
    objects.forEach(object -> client.resource(object).create());
  }

  /** Makes the pods that the controllers of a cluster would, of each Job and each Deployment. */
  void startPods(String namespace) {
    for (Job job : client.batch().v1().jobs().inNamespace(namespace).list().getItems()) {
      for (int index = 0; index < job.getSpec().getCompletions(); index++) {
        Pod pod = pod(job, job.getSpec().getTemplate(), index);
        pod.getMetadata().getLabels().put(INDEX, String.valueOf(index));
        pod.getSpec().setHostname(pod.getMetadata().getName());
        create(List.of(pod));
      }
    }
    for (Deployment each : client.apps().deployments().inNamespace(namespace).list().getItems()) {
      for (int replica = 0; replica < each.getSpec().getReplicas(); replica++) {
        create(List.of(pod(each, each.getSpec().getTemplate(), replica)));
      }
    }
  }

  private static Pod pod(HasMetadata owner, PodTemplateSpec template, int number) {
    Map<String, String> labels = new HashMap<>(template.getMetadata().getLabels());
    return new PodBuilder()
        .withNewMetadata()
        .withName(owner.getMetadata().getName() + "-" + number)
        .withNamespace(owner.getMetadata().getNamespace())
        .withLabels(labels)
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
