package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterSpec;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.observe.Problem;
import io.mysqlmmm.operator.pki.CertificateAuthority;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes the Kubernetes objects of pairs. Every method blocks for a few API calls, each
 * bounded by the client's request timeout ({@link ApiClient}), and may be repeated at will. Safe
 * for use by several threads. A {@code KubernetesClientException} means that the API server could
 * not be asked or failed (retry); what the user has to put right comes back as {@link Problem}s.
 */
public final class KubeObjects {
  private final KubernetesClient client;
  private final KubeSettings settings;
  private final Nodes nodes;
  private final Applier applier;
  private final Secrets secrets;
  private final Pods pods;
  private final VolumeClaims claims;
  private final Removal removal;

  public KubeObjects(
      KubernetesClient client, KubeSettings settings, CertificateAuthority authority, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.nodes = new Nodes(client, clock);
    this.applier = new Applier(client);
    this.secrets = new Secrets(client, authority, applier, clock);
    this.pods = new Pods(client);
    this.claims = new VolumeClaims(client);
    this.removal = new Removal(client, pods, clock);
  }

  /**
   * Every node with its InternalIP, for {@code SpecReader}; an empty string for a node that has
   * none. Up to 10 seconds old.
   */
  public Map<String, String> nodeAddresses() {
    return nodes.addresses();
  }

  /**
   * Brings every object of the pair to its desired form: Secrets first (created when absent, never
   * overwritten; certificates issued and renewed), then ConfigMap, Services, EndpointSlices,
   * PodDisruptionBudgets, StatefulSets, sizes of claims. Nothing is written that is already so. An
   * object of the same name that belongs to somebody else is not touched, but reported. Objects of
   * hosts that left the spec stay, see {@link #removeHost}.
   *
   * @param writer who must not be evicted; empty: not known
   * @return what could not be applied and why; empty when all is in place. The other objects are
   *     applied nevertheless.
   */
  public List<Problem> apply(
      MySQLMultiMaster resource, Topology topology, Optional<String> writer) {
    Blueprint pair = new Blueprint(resource, topology, settings, writer);
    List<Problem> problems = new ArrayList<>(secrets.provide(pair));
    boolean refused = refusedImage(resource, topology).isPresent();
    for (HasMetadata wanted : Manifests.render(pair)) {
      if (!refused || !(wanted instanceof StatefulSet)) {
        applier.apply(topology, wanted).ifPresent(problems::add);
      }
    }
    if (pair.storage() instanceof Storage.Claim claim) {
      for (Topology.Host host : topology.hosts()) {
        claims.grow(topology, host.name(), claim).ifPresent(problems::add);
      }
    }
    return List.copyOf(problems);
  }

  /** Why spec.mysql.image must not be used with the data that there are: no pod is given it. */
  public Optional<Problem> refusedImage(MySQLMultiMaster resource, Topology topology) {
    return ImageVersion.refusal(blueprint(resource, topology).image(), resource)
        .map(why -> new Problem("spec.mysql.image", "VersionRefused", why));
  }

  /** Hosts that have a StatefulSet, by name, where it was put; in the spec or not. */
  public Map<String, Topology.Host> presentHosts(Topology topology) {
    return PresentHosts.of(topology, pods.statefulSets(topology.namespace(), topology.name()));
  }

  /**
   * Deletes the StatefulSet and the certificate of a host that left the spec; its data stays. To be
   * called only once the host holds no role.
   */
  public void removeHost(Topology topology, String host) {
    if (topology.hosts().stream().anyMatch(present -> present.name().equals(host))) {
      throw new IllegalArgumentException("host " + host + " is in the spec: it cannot be removed");
    }
    for (StatefulSet set : pods.statefulSets(topology.namespace(), topology.name())) {
      if (host.equals(set.getMetadata().getLabels().get(Names.HOST_LABEL))
          && Applier.belongs(topology, set)) {
        client.resource(set).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
      }
    }
    client
        .secrets()
        .inNamespace(topology.namespace())
        .withName(Names.tls(topology.name(), host))
        .delete();
  }

  /** The passwords of the pair's own accounts. */
  public SystemCredentials systemCredentials(MySQLMultiMaster resource) {
    ObjectMeta meta = resource.getMetadata();
    MySQLMultiMasterSpec spec = resource.getSpec();
    String named = spec == null || spec.mysql() == null ? null : spec.mysql().credentialsSecret();
    return secrets.system(
        meta.getNamespace(), Objects.requireNonNullElse(named, Names.systemSecret(meta.getName())));
  }

  /** User and password of one of the pair's databases. */
  public Credentials databaseCredentials(Topology topology, Topology.Database database) {
    return secrets.database(topology, database);
  }

  /** Every referenced Secret that is not fit for use, as Problems. */
  public List<Problem> checkSecrets(MySQLMultiMaster resource, Topology topology) {
    return secrets.check(blueprint(resource, topology));
  }

  /**
   * Looks at the pods. A pod that has never started mysqld and is not of the newest template is
   * deleted, so that a corrected field takes effect (the update strategy is OnDelete); a pod that
   * runs, or ever ran mysqld, is deleted by {@link #restart} only.
   */
  public PodReport inspectPods(MySQLMultiMaster resource, Topology topology) {
    return pods.inspect(blueprint(resource, topology));
  }

  /** Deletes exactly this pod, so that the next has the newest template. */
  public boolean restart(Topology topology, String host, String podUid) {
    return pods.restart(topology.namespace(), topology.name(), host, podUid);
  }

  /** Writes down on exactly this pod that its mysqld has taken the newest settings over. */
  public boolean recordSettings(Topology topology, String host, String podUid) {
    return pods.record(topology.namespace(), topology.name(), host, podUid);
  }

  /** Nodes that take no new pods. Up to 10 seconds old, unless {@link #nodesChanged}. */
  public Set<String> cordonedNodes() {
    return nodes.cordoned();
  }

  /** A node was changed: what is known of nodes is asked for anew. */
  public void nodesChanged() {
    nodes.changed();
  }

  /**
   * Removes what garbage collection would not, or not in order: StatefulSets and their pods, and
   * with {@code deletionPolicy: Delete} the data on host paths. Never blocks for longer than its
   * few API calls; gives up on dead nodes 90 seconds after the resource's deletion and says so.
   * Works from the resource alone, be it valid or not. Call it after the VIPs are released.
   */
  public Cleanup cleanup(MySQLMultiMaster resource) {
    ObjectMeta meta = resource.getMetadata();
    Cleanup progress = removal.advance(resource);
    if (progress instanceof Cleanup.Done) {
      applier.forget(meta.getNamespace(), meta.getName());
    }
    return progress;
  }

  private Blueprint blueprint(MySQLMultiMaster resource, Topology topology) {
    return new Blueprint(resource, topology, settings, Optional.empty());
  }
}
