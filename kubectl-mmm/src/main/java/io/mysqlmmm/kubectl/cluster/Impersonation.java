package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.Identity.Header;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers that ask an API server to take us for somebody else, from a kubeconfig's user.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation">User
 *     impersonation</a>
 */
final class Impersonation {
  private Impersonation() {}

  static List<Header> headers(JsonNode user) throws ClusterException {
    List<Header> headers = new ArrayList<>();
    add(headers, "Impersonate-User", user.path("as"));
    add(headers, "Impersonate-Uid", user.path("as-uid"));
    user.path("as-groups").forEach(group -> add(headers, "Impersonate-Group", group));
    user.path("as-user-extra")
        .properties()
        .forEach(
            extra ->
                extra
                    .getValue()
                    .forEach(
                        value ->
                            add(headers, "Impersonate-Extra-" + encode(extra.getKey()), value)));
    if (!headers.isEmpty() && !headers.getFirst().name().equals("Impersonate-User")) {
      throw new ClusterException(
          Kind.KUBECONFIG, "A group, uid or extra can be impersonated only together with a user.");
    }
    return headers;
  }

  private static void add(List<Header> headers, String name, JsonNode value) {
    if (!value.asText("").isEmpty()) {
      headers.add(new Header(name, value.asText()));
    }
  }

  private static String encode(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8);
  }
}
