package io.mysqlmmm.operator.kube;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterSpec;
import io.mysqlmmm.api.v1alpha1.MySQLSpec;
import io.mysqlmmm.api.v1alpha1.StorageSpec;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a pair's data live. */
sealed interface Storage {
  String DEFAULT_HOST_PATH = "/var/lib/mysql-mmm";

  /**
   * Below a directory of each node.
   *
   * @param base without a slash at its end
   */
  record HostPath(String base) implements Storage {

    /** The directory of all hosts of a pair. */
    String ofPair(String namespace, String cluster) {
      return base + "/" + namespace + "/" + cluster;
    }

    /** The directory of one host. */
    String ofHost(String namespace, String cluster, String host) {
      return ofPair(namespace, cluster) + "/" + host;
    }
  }

  /** In a volume claim for each host. */
  record Claim(String size, Optional<String> storageClass) implements Storage {}

  /** Read from the resource alone, be it valid or not. */
  static Storage of(MySQLMultiMaster resource) {
    MySQLMultiMasterSpec spec = resource.getSpec();
    MySQLSpec mysql = spec == null ? null : spec.mysql();
    StorageSpec storage = mysql == null ? null : mysql.storage();
    if (storage != null && storage.size() != null) {
      return new Claim(storage.size(), Optional.ofNullable(storage.storageClassName()));
    }
    return hostPath(storage == null ? null : storage.hostPath());
  }

  static boolean deletesData(MySQLMultiMaster resource) {
    MySQLMultiMasterSpec spec = resource.getSpec();
    return spec != null && "Delete".equals(spec.deletionPolicy());
  }

  private static HostPath hostPath(@Nullable String given) {
    String path = Objects.requireNonNullElse(given, DEFAULT_HOST_PATH);
    return new HostPath(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
  }
}
