package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.mysqlmmm.api.v1alpha1.BackupSpec;
import io.mysqlmmm.operator.core.Topology.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The volume that a host's backups go to: its own part of a node's directory or of a claim. */
final class BackupVolume {
  private static final String NAME = "backup";

  private BackupVolume() {}

  static Volume volume(Blueprint pair, Host host, BackupSpec backup) {
    VolumeBuilder volume = new VolumeBuilder().withName(NAME);
    return backup.hostPath() == null
        ? volume
            .withNewPersistentVolumeClaim()
            .withClaimName(backup.claimName())
            .endPersistentVolumeClaim()
            .build()
        : volume
            .withNewHostPath()
            .withPath(hostPath(pair, host, backup))
            .withType("DirectoryOrCreate")
            .endHostPath()
            .build();
  }

  /** Where a host's backups are on its node; null: in a claim. */
  static @Nullable String hostPath(Blueprint pair, Host host, BackupSpec backup) {
    return backup.hostPath() == null
        ? null
        : new Storage.HostPath(backup.hostPath().replaceFirst("/$", ""))
            .ofHost(pair.namespace(), pair.cluster(), host.name());
  }

  /** Empty when backups go nowhere. */
  static List<VolumeMount> mounts(Blueprint pair, Host host) {
    return pair
        .backup()
        .map(
            backup ->
                new VolumeMountBuilder()
                    .withName(NAME)
                    .withMountPath(MountPaths.BACKUP)
                    .withSubPath(
                        backup.hostPath() == null
                            ? "%s/%s/%s".formatted(pair.namespace(), pair.cluster(), host.name())
                            : null)
                    .build())
        .stream()
        .toList();
  }
}
