package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The project's chart, as the Helm on the PATH renders it. */
record Chart(List<HasMetadata> objects) {

  static final Path PATH = Path.of("").toAbsolutePath().resolveSibling("charts/mysql-mmm");
  static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** What a call of Helm printed and returned. */
  record Output(int exitCode, String text) {}

  /** The objects of a release mysql-mmm in namespace mysql-mmm-system. */
  static Chart template(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("template", "mysql-mmm", PATH.toString(), "--namespace", "mysql-mmm-system"));
    arguments.addAll(Arrays.asList(options));
    Output output = helm(arguments.toArray(String[]::new));
    assertThat(output.exitCode()).as(output.text()).isZero();
    return new Chart(
        Arrays.stream(output.text().split("(?m)^---$", -1))
            .filter(part -> part.lines().anyMatch(line -> line.startsWith("kind:")))
            .map(part -> YAML.<HasMetadata>unmarshal(part))
            .toList());
  }

  static Output helm(String... arguments) {
    List<String> command = new ArrayList<>(List.of("helm"));
    command.addAll(Arrays.asList(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "helm is not on the PATH: run `eval \"$(make -s lab-env)\"` first, or `make e2e`, which"
              + " does it",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while helm ran", e);
    }
  }

  <T extends HasMetadata> Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  <T extends HasMetadata> T only(Class<T> type) {
    List<T> found = all(type).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  Role role(String namespace) {
    return all(Role.class)
        .filter(role -> role.getMetadata().getNamespace().equals(namespace))
        .findFirst()
        .orElseThrow();
  }

  PodSpec pod() {
    return only(Deployment.class).getSpec().getTemplate().getSpec();
  }

  String environment(String variable) {
    return pod().getContainers().getFirst().getEnv().stream()
        .filter(entry -> entry.getName().equals(variable))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }
}
