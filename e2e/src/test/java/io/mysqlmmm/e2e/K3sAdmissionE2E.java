package io.mysqlmmm.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract on a k3s of its own, with the CRD from the chart's files. Needs Docker. */
@EnabledIf(value = "dockerAnswers", disabledReason = K3sAdmissionE2E.NO_DOCKER)
final class K3sAdmissionE2E extends AdmissionContract {

  static final String NO_DOCKER =
      "no Docker daemon answers here; AdmissionE2E runs the same cases in the lab";

  private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");
  private static final String CRD = "mysqlmultimasters.mysqlmmm.io";
  private static final Path CRD_FILE =
      Path.of("").toAbsolutePath().resolveSibling("charts/mysql-mmm/files/" + CRD + ".yaml");

  private final K3sContainer k3s = new K3sContainer(IMAGE);

  static boolean dockerAnswers() {
    boolean answers = DockerClientFactory.instance().isDockerAvailable();
    if (!answers) {
      System.out.println("K3sAdmissionE2E is skipped: " + NO_DOCKER);
    }
    return answers;
  }

  @Override
  KubernetesClient connect() {
    k3s.start();
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(k3s.getKubeConfigYaml()))
            .build();
    installCrd(client);
    return client;
  }

  private static void installCrd(KubernetesClient client) {
    try (InputStream manifest = Files.newInputStream(CRD_FILE)) {
      client.load(manifest).serverSideApply();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + CRD_FILE, e);
    }
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(CRD)
        .waitUntilCondition(
            crd ->
                crd.getStatus().getConditions().stream()
                    .anyMatch(
                        c -> c.getType().equals("Established") && c.getStatus().equals("True")),
            1,
            TimeUnit.MINUTES);
  }

  @AfterAll
  @Override
  void deleteNamespace() {
    super.deleteNamespace();
    k3s.stop();
  }
}
