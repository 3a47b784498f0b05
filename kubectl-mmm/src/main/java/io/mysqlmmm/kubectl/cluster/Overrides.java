package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a command line says instead of the kubeconfig. The field names are the kubeconfig's.
 *
 * @param file the kubeconfig to use; empty: as the environment says
 * @param context name of the context to use; empty: the current one
 * @param clusterName the cluster to use instead of the context's
 * @param userName the user to use instead of the context's
 * @param cluster fields instead of the cluster's
 * @param user fields instead of the user's
 */
public record Overrides(
    Optional<Path> file,
    Optional<String> context,
    Optional<String> clusterName,
    Optional<String> userName,
    ObjectNode cluster,
    ObjectNode user) {
  /** Credentials that a token from the command line stands in for. */
  private static final List<String> WITHOUT_TOKEN =
      List.of("tokenFile", "exec", "username", "password", "auth-provider");

  /** The kubeconfig and the context as named, nothing else. */
  public static Overrides of(Optional<Path> file, Optional<String> context) {
    return new Overrides(
        file,
        context,
        Optional.empty(),
        Optional.empty(),
        ApiServer.JSON.createObjectNode(),
        ApiServer.JSON.createObjectNode());
  }

  public void setCluster(String field, String value) {
    cluster.put(field, value);
  }

  public void setInsecure(boolean insecure) {
    cluster.put("insecure-skip-tls-verify", insecure);
  }

  public void setUser(String field, String value) {
    user.put(field, value);
  }

  public void setGroups(List<String> groups) {
    ArrayNode listed = user.putArray("as-groups");
    groups.forEach(listed::add);
  }

  /** A kubeconfig's cluster with these fields instead of its own. */
  ObjectNode onCluster(ObjectNode stated) {
    ObjectNode effective = stated.deepCopy();
    drop(effective, cluster, "certificate-authority", List.of("certificate-authority-data"));
    return effective.setAll(cluster);
  }

  /** A kubeconfig's user with these fields instead of its own. */
  ObjectNode onUser(ObjectNode stated) {
    ObjectNode effective = stated.deepCopy();
    drop(effective, user, "client-certificate", List.of("client-certificate-data"));
    drop(effective, user, "client-key", List.of("client-key-data"));
    drop(effective, user, "token", WITHOUT_TOKEN);
    drop(effective, user, "username", List.of("token", "tokenFile", "exec", "auth-provider"));
    return effective.setAll(user);
  }

  /** An inline value would win over a file, and one credential over another. */
  private static void drop(ObjectNode stated, ObjectNode given, String when, List<String> fields) {
    if (given.has(when)) {
      stated.remove(fields);
    }
  }
}
