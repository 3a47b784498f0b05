package io.mysqlmmm.operator.reconcile;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.core.HostChanges;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.kube.Cleanup;
import io.mysqlmmm.operator.kube.Credentials;
import io.mysqlmmm.operator.kube.KubeObjects;
import io.mysqlmmm.operator.kube.PodReport;
import io.mysqlmmm.operator.monitor.Finding;
import io.mysqlmmm.operator.monitor.Fleet;
import io.mysqlmmm.operator.monitor.MonitorLoop;
import io.mysqlmmm.operator.observe.Neighbours;
import io.mysqlmmm.operator.observe.Problem;
import io.mysqlmmm.operator.observe.SpecReader;
import io.mysqlmmm.shared.agent.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a resource's Kubernetes objects in place. The monitor hears of a change first, so a request
 * never waits for objects to be applied.
 */
@ControllerConfiguration(
    name = "mysqlmultimaster",
    fieldManager = "mysql-mmm-operator",
    retry = UnlimitedRetry.class,
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
public final class MultiMasterReconciler
    implements Reconciler<MySQLMultiMaster>, Cleaner<MySQLMultiMaster> {
  private static final Logger LOG = LoggerFactory.getLogger(MultiMasterReconciler.class);
  private static final String CLUSTER_LABEL = "mysqlmmm.io/cluster";
  private static final Duration UNSETTLED = Duration.ofSeconds(3);

  private final Fleet fleet;
  private final KubeObjects objects;
  private final Set<String> namespaces;
  private final Set<String> released = ConcurrentHashMap.newKeySet();
  private final Upkeep upkeep;
  private final SimpleInboundEventSource<MySQLMultiMaster> due =
      new SimpleInboundEventSource<>("due");

  public MultiMasterReconciler(Fleet fleet, KubeObjects objects, List<String> namespaces) {
    this.fleet = fleet;
    this.objects = objects;
    this.namespaces = Set.copyOf(namespaces);
    this.upkeep = new Upkeep(fleet, objects);
  }

  @Override
  public List<EventSource<?, MySQLMultiMaster>> prepareEventSources(
      EventSourceContext<MySQLMultiMaster> context) {
    InformerEventSourceConfiguration<Pod> pods =
        InformerEventSourceConfiguration.from(Pod.class, MySQLMultiMaster.class)
            .withName("pods")
            .withNamespaces(new HashSet<>(namespaces))
            .withLabelSelector(CLUSTER_LABEL)
            .withSecondaryToPrimaryMapper(
                pod ->
                    Set.of(
                        new ResourceID(
                            pod.getMetadata().getLabels().get(CLUSTER_LABEL),
                            pod.getMetadata().getNamespace())))
            .build();
    return List.of(
        new InformerEventSource<>(pods, context),
        new InformerEventSource<>(nodes(context), context),
        due);
  }

  /** Cordoned and uncordoned nodes: the writer leaves one before it is drained. */
  private InformerEventSourceConfiguration<Node> nodes(
      EventSourceContext<MySQLMultiMaster> context) {
    return InformerEventSourceConfiguration.from(Node.class, MySQLMultiMaster.class)
        .withName("nodes")
        .withWatchAllNamespaces()
        .withOnAddFilter(_ -> false)
        .withOnUpdateFilter(MultiMasterReconciler::wasCordonedOrUncordoned)
        .withSecondaryToPrimaryMapper(
            _ -> {
              objects.nodesChanged();
              return context
                  .getPrimaryCache()
                  .list()
                  .map(ResourceID::fromResource)
                  .collect(Collectors.toSet());
            })
        .build();
  }

  private static boolean wasCordonedOrUncordoned(Node now, Node before) {
    return isCordoned(now) != isCordoned(before);
  }

  private static boolean isCordoned(Node node) {
    return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }

  @Override
  public UpdateControl<MySQLMultiMaster> reconcile(
      MySQLMultiMaster resource, Context<MySQLMultiMaster> context) {
    MonitorLoop monitor = fleet.monitor(resource);
    ResourceID id = ResourceID.fromResource(resource);
    monitor.whenDue(() -> due.propagateEvent(id));
    if (!namespaces.contains(resource.getMetadata().getNamespace())) {
      monitor.resourceChanged(resource, Optional.empty());
      monitor.provisioned(List.of(notWatched(resource)), List.of());
      return UpdateControl.noUpdate();
    }
    Map<String, String> nodes = objects.nodeAddresses();
    return switch (SpecReader.read(resource, nodes)) {
      case SpecReader.Parsed.Invalid(var problems) -> refuse(resource, problems, monitor);
      case SpecReader.Parsed.Valid(var topology) -> {
        List<Problem> taken =
            Neighbours.taken(
                new Neighbours.Pair(resource, topology), neighbours(resource, nodes, context));
        yield taken.isEmpty()
            ? provide(resource, topology, nodes.keySet(), monitor)
            : refuse(resource, taken, monitor);
      }
    };
  }

  private static UpdateControl<MySQLMultiMaster> refuse(
      MySQLMultiMaster resource, List<Problem> problems, MonitorLoop monitor) {
    monitor.resourceChanged(resource, Optional.empty());
    monitor.provisioned(problems.stream().map(p -> finding(p, true)).toList(), List.of());
    return UpdateControl.<MySQLMultiMaster>noUpdate().rescheduleAfter(UNSETTLED);
  }

  /** The other pairs whose specs are valid. */
  private static List<Neighbours.Pair> neighbours(
      MySQLMultiMaster resource, Map<String, String> nodes, Context<MySQLMultiMaster> context) {
    String uid = resource.getMetadata().getUid();
    return context
        .getPrimaryCache()
        .list(other -> !other.getMetadata().getUid().equals(uid))
        .flatMap(
            other ->
                SpecReader.read(other, nodes) instanceof SpecReader.Parsed.Valid(var topology)
                    ? Stream.of(new Neighbours.Pair(other, topology))
                    : Stream.empty())
        .toList();
  }

  private UpdateControl<MySQLMultiMaster> provide(
      MySQLMultiMaster resource, Topology wanted, Set<String> nodes, MonitorLoop monitor) {
    if (wanted.mode() == Topology.Mode.PASSIVE) {
      monitor.resourceChanged(resource, Optional.of(wanted));
      return UpdateControl.noUpdate();
    }
    // A request never waits for what the API server has to tell of hosts.
    monitor.resourceChanged(resource, Optional.empty());
    HostChanges.Effect hosts =
        HostChanges.judge(wanted, objects.presentHosts(wanted), writer(resource, monitor));
    monitor.resourceChanged(resource, hosts.watched());
    List<Finding> findings = new ArrayList<>(nodesGone(wanted, nodes));
    hosts.refusal().ifPresent(why -> findings.add(new Finding("HostsRefused", why, true)));
    if (hosts.hosts().isEmpty()) {
      monitor.provisioned(findings, databases(wanted));
      return UpdateControl.<MySQLMultiMaster>noUpdate().rescheduleAfter(UNSETTLED);
    }
    Topology topology = hosts.hosts().get();
    objects.refusedImage(resource, topology).ifPresent(p -> findings.add(finding(p, true)));
    objects
        .apply(resource, topology, writer(resource, monitor))
        .forEach(p -> findings.add(finding(p, false)));
    objects.checkSecrets(resource, topology).forEach(p -> findings.add(finding(p, false)));
    PodReport pods = objects.inspectPods(resource, topology);
    pods.problems().forEach(p -> findings.add(new Finding(p.reason(), p.sentence(), false)));
    monitor.provisioned(findings, databases(topology));
    boolean done = upkeep.advance(resource, hosts, pods, monitor);
    boolean settled = done && findings.isEmpty() && pods.ready().size() == topology.hosts().size();
    return settled
        ? UpdateControl.noUpdate()
        : UpdateControl.<MySQLMultiMaster>noUpdate().rescheduleAfter(UNSETTLED);
  }

  /** The pair is looked after all the same: its other hosts go on. */
  private static List<Finding> nodesGone(Topology wanted, Set<String> nodes) {
    return wanted.hosts().stream()
        .filter(host -> !nodes.contains(host.nodeName()))
        .map(
            host ->
                new Finding(
                    "NodeGone",
                    "node \"%s\" of host \"%s\" was removed from the cluster: bring it back, or give the host another node"
                        .formatted(host.nodeName(), host.name()),
                    false))
        .toList();
  }

  /** By what the monitor knows, or by status while it has not looked yet. */
  private static Optional<String> writer(MySQLMultiMaster resource, MonitorLoop monitor) {
    return monitor
        .writer()
        .or(
            () ->
                Optional.ofNullable(resource.getStatus())
                    .map(MySQLMultiMasterStatus::ledger)
                    .map(LedgerStatus::writer));
  }

  /** Databases whose Secrets are fit for use; what is wrong with others is among the findings. */
  private List<Order.Database> databases(Topology topology) {
    List<Order.Database> fit = new ArrayList<>();
    for (Topology.Database database : topology.mysql().databases()) {
      if (objects.databaseCredentials(topology, database)
          instanceof Credentials.Ok(var username, var password)) {
        fit.add(new Order.Database(database.name(), username, password));
      }
    }
    return fit;
  }

  @Override
  public DeleteControl cleanup(MySQLMultiMaster resource, Context<MySQLMultiMaster> context)
      throws InterruptedException {
    if (!namespaces.contains(resource.getMetadata().getNamespace())) {
      return DeleteControl.defaultDelete();
    }
    if (released.add(resource.getMetadata().getUid())) {
      List<String> silent = fleet.release(resource, topology(resource));
      if (!silent.isEmpty()) {
        fleet.event(
            resource,
            true,
            "NotReleased",
            "%s did not confirm the release of their roles; their IPs end with the lease"
                .formatted(silent));
      }
    }
    return switch (objects.cleanup(resource)) {
      case Cleanup.Waiting(var what) -> {
        LOG.debug("{}: {}", resource.getMetadata().getName(), what);
        yield DeleteControl.noFinalizerRemoval().rescheduleAfter(1, TimeUnit.SECONDS);
      }
      case Cleanup.Done(var remarks) -> {
        remarks.forEach(r -> fleet.event(resource, true, "LeftBehind", r));
        released.remove(resource.getMetadata().getUid());
        yield DeleteControl.defaultDelete();
      }
    };
  }

  private Optional<Topology> topology(MySQLMultiMaster resource) {
    try {
      return SpecReader.read(resource, objects.nodeAddresses())
              instanceof SpecReader.Parsed.Valid(var topology)
          ? Optional.of(topology)
          : Optional.empty();
    } catch (KubernetesClientException e) {
      LOG.warn("the nodes cannot be read now: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Finding finding(Problem problem, boolean ofSpec) {
    return new Finding(problem.reason(), problem.toString(), ofSpec);
  }

  private static Finding notWatched(MySQLMultiMaster resource) {
    return new Finding(
        "NamespaceNotWatched",
        "metadata.namespace: the operator may not manage pairs in namespace '%s'; add it to the"
                .formatted(resource.getMetadata().getNamespace())
            + " chart's value watchNamespaces",
        true);
  }
}
