package io.mysqlmmm.operator.kube;

import java.util.Map;
import java.util.TreeMap;

/** Names and labels of a pair's objects. */
public final class Names {
  /** Field manager of every server-side apply. */
  public static final String OPERATOR = "mysql-mmm-operator";

  /** Label with the name of the resource an object belongs to. */
  public static final String CLUSTER_LABEL = "mysqlmmm.io/cluster";

  /** Label with the name of the host an object belongs to. */
  public static final String HOST_LABEL = "mysqlmmm.io/host";

  static final String PRODUCT = "mysql-mmm";
  static final String APP_NAME = "app.kubernetes.io/name";
  static final String APP_INSTANCE = "app.kubernetes.io/instance";
  static final String APP_MANAGED_BY = "app.kubernetes.io/managed-by";

  private Names() {}

  /** StatefulSet of a host. */
  public static String statefulSet(String cluster, String host) {
    return cluster + "-" + host;
  }

  /** The one pod of a host. */
  public static String pod(String cluster, String host) {
    return statefulSet(cluster, host) + "-0";
  }

  /** ConfigMap with scripts and agent.json of all hosts. */
  public static String config(String cluster) {
    return cluster + "-config";
  }

  /** Secret with a host's certificate. */
  public static String tls(String cluster, String host) {
    return cluster + "-tls-" + host;
  }

  /** Secret with the passwords of the pair's own accounts, unless the resource names another. */
  public static String systemSecret(String cluster) {
    return cluster + "-mysql";
  }

  /** Service of a role. */
  public static String service(String cluster, String role) {
    return cluster + "-" + role;
  }

  static Map<String, String> labels(String cluster) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(APP_NAME, PRODUCT);
    labels.put(APP_INSTANCE, cluster);
    labels.put(APP_MANAGED_BY, OPERATOR);
    labels.put(CLUSTER_LABEL, cluster);
    return labels;
  }

  static Map<String, String> labels(String cluster, String host) {
    Map<String, String> labels = labels(cluster);
    labels.put(HOST_LABEL, host);
    return labels;
  }
}
