package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.observe.Problem;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Server-side apply of one object at a time, only where there is something to change, and never
 * onto an object of somebody else.
 */
final class Applier {
  /** Of 4xx, what says nothing about the object: time-outs, races, throttling. */
  private static final Set<Integer> PASSING =
      Set.of(HttpURLConnection.HTTP_CLIENT_TIMEOUT, HttpURLConnection.HTTP_CONFLICT, 429);

  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private final KubernetesClient client;

  /** What was applied last, by uid of the object: the same again is no write. */
  private final Map<String, Applied> applied = new ConcurrentHashMap<>();

  Applier(KubernetesClient client) {
    this.client = client;
  }

  private record Applied(String namespace, String cluster, String resourceVersion, String digest) {}

  /** Makes {@code rendered} so; why it could not be, if not. One or two API calls. */
  Optional<Problem> apply(Topology topology, HasMetadata rendered) {
    HasMetadata wanted = rendered;
    try {
      HasMetadata present = client.resource(rendered).get();
      if (present == null) {
        write(wanted);
        return Optional.empty();
      }
      if (!belongs(topology, present)) {
        return Optional.of(foreign(topology, present));
      }
      if (rendered instanceof StatefulSet set) {
        wanted = VolumeClaims.kept(set, (StatefulSet) present);
      }
      if (!isAsApplied(present, wanted)) {
        write(wanted);
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() < CLIENT_ERROR
          || e.getCode() >= SERVER_ERROR
          || PASSING.contains(e.getCode())) {
        throw e;
      }
      return Optional.of(refused(wanted, e));
    }
  }

  private void write(HasMetadata wanted) {
    HasMetadata result =
        client.resource(wanted).fieldManager(Names.OPERATOR).forceConflicts().serverSideApply();
    ObjectMeta meta = result.getMetadata();
    String cluster = wanted.getMetadata().getLabels().get(Names.CLUSTER_LABEL);
    applied.put(
        meta.getUid(),
        new Applied(
            meta.getNamespace(),
            Objects.requireNonNullElse(cluster, ""),
            meta.getResourceVersion(),
            digest(wanted)));
  }

  private boolean isAsApplied(HasMetadata present, HasMetadata wanted) {
    Applied last = applied.get(present.getMetadata().getUid());
    return last != null
        && last.resourceVersion().equals(present.getMetadata().getResourceVersion())
        && last.digest().equals(digest(wanted));
  }

  /** Forgets a pair's objects, so that memory does not grow with every pair there ever was. */
  void forget(String namespace, String cluster) {
    applied
        .values()
        .removeIf(entry -> entry.namespace().equals(namespace) && entry.cluster().equals(cluster));
  }

  /** Instead of the object itself, of which a thousand pairs would keep tens of megabytes. */
  private static String digest(HasMetadata object) {
    try {
      byte[] json = Serialization.asJson(object).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Whether an object is this resource's: its controller, or without a controller (left behind by
   * {@code --cascade=orphan}) but with the pair's labels.
   */
  static boolean belongs(Topology topology, HasMetadata present) {
    Optional<OwnerReference> controller = controller(present);
    if (controller.isPresent()) {
      return controller.orElseThrow().getUid().equals(topology.uid());
    }
    Map<String, String> labels = present.getMetadata().getLabels();
    return labels != null
        && Names.OPERATOR.equals(labels.get(Names.APP_MANAGED_BY))
        && topology.name().equals(labels.get(Names.CLUSTER_LABEL));
  }

  private static Optional<OwnerReference> controller(HasMetadata present) {
    List<OwnerReference> owners = present.getMetadata().getOwnerReferences();
    return owners == null
        ? Optional.empty()
        : owners.stream().filter(o -> Boolean.TRUE.equals(o.getController())).findFirst();
  }

  private static Problem foreign(Topology topology, HasMetadata present) {
    String owner =
        controller(present)
            .map(o -> "belongs to %s %s (uid %s)".formatted(o.getKind(), o.getName(), o.getUid()))
            .orElse("was not made by this operator");
    return new Problem(
        "metadata.name",
        "NameTaken",
        ("%s %s exists already and %s: it is left as it is, so remove it, or give %s another name"
                + " (if it is of a deleted resource of the same name, it goes away by itself)")
            .formatted(present.getKind(), present.getMetadata().getName(), owner, topology.name()));
  }

  private static Problem refused(HasMetadata wanted, KubernetesClientException e) {
    return new Problem(
        "",
        "ApplyRefused",
        "the API server refuses %s %s: %s"
            .formatted(wanted.getKind(), wanted.getMetadata().getName(), said(e)));
  }

  /** The API server's own words, in one line. */
  static String said(KubernetesClientException e) {
    return oneLine(
        e.getStatus() != null && e.getStatus().getMessage() != null
            ? e.getStatus().getMessage()
            : String.valueOf(e.getMessage()));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
