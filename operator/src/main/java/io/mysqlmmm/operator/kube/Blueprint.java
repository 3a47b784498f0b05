package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.mysqlmmm.api.v1alpha1.AgentSpec;
import io.mysqlmmm.api.v1alpha1.BackupSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterSpec;
import io.mysqlmmm.api.v1alpha1.MySQLSpec;
import io.mysqlmmm.operator.core.Topology;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the renderers of one pair need: the checked topology, and what of the resource the core
 * has no use for, its defaults filled in.
 *
 * @param writer by the newest ledger; empty: not known
 */
record Blueprint(
    MySQLMultiMaster resource, Topology topology, KubeSettings settings, Optional<String> writer) {
  static final String DEFAULT_IMAGE = "docker.io/library/mysql:8.4";
  static final String DEFAULT_PULL_POLICY = "IfNotPresent";

  private static final MySQLSpec NO_MYSQL =
      new MySQLSpec(null, null, null, null, null, null, null, null, null, null, null);
  private static final AgentSpec NO_AGENT = new AgentSpec(null, null, null);

  String cluster() {
    return topology.name();
  }

  String namespace() {
    return topology.namespace();
  }

  String image() {
    return Objects.requireNonNullElse(mysql().image(), DEFAULT_IMAGE);
  }

  String pullPolicy() {
    return Objects.requireNonNullElse(mysql().imagePullPolicy(), DEFAULT_PULL_POLICY);
  }

  String agentImage() {
    return Optional.ofNullable(agent().image())
        .filter(image -> !image.isBlank())
        .orElse(settings.agentImage());
  }

  Map<String, String> config() {
    return Objects.requireNonNullElse(mysql().config(), Map.of());
  }

  Optional<ResourceRequirements> mysqlResources() {
    return Optional.ofNullable(mysql().resources());
  }

  Optional<ResourceRequirements> agentResources() {
    return Optional.ofNullable(agent().resources());
  }

  Storage storage() {
    return Storage.of(resource);
  }

  /** Where backups go; empty: nowhere. */
  Optional<BackupSpec> backup() {
    return Optional.ofNullable(mysql().backup());
  }

  String systemSecret() {
    return Objects.requireNonNullElse(mysql().credentialsSecret(), Names.systemSecret(cluster()));
  }

  boolean deletesData() {
    return Storage.deletesData(resource);
  }

  /** For every object that goes with the resource. */
  OwnerReference owner() {
    return new OwnerReferenceBuilder()
        .withApiVersion(resource.getApiVersion())
        .withKind(resource.getKind())
        .withName(topology.name())
        .withUid(topology.uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  private MySQLMultiMasterSpec spec() {
    return resource.getSpec();
  }

  private MySQLSpec mysql() {
    return Objects.requireNonNullElse(spec().mysql(), NO_MYSQL);
  }

  private AgentSpec agent() {
    return Objects.requireNonNullElse(spec().agent(), NO_AGENT);
  }
}
