package io.mysqlmmm.operator.reconcile;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.HostChanges;
import io.mysqlmmm.operator.core.PodsSeen;
import io.mysqlmmm.operator.core.RollingStep;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.kube.KubeObjects;
import io.mysqlmmm.operator.kube.PodReport;
import io.mysqlmmm.operator.monitor.Fleet;
import io.mysqlmmm.operator.monitor.MonitorLoop;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Takes the steps that the monitor plans with pods (see {@code RollingPlan}), one at a time. */
final class Upkeep {
  private final Fleet fleet;
  private final KubeObjects objects;

  Upkeep(Fleet fleet, KubeObjects objects) {
    this.fleet = fleet;
    this.objects = objects;
  }

  /** Whether nothing is left to do. A few API calls; waits for the monitor for 2 s at most. */
  boolean advance(
      MySQLMultiMaster resource, HostChanges.Effect hosts, PodReport report, MonitorLoop monitor) {
    Topology topology = hosts.hosts().orElseThrow();
    RollingStep step =
        monitor.rolling(
            Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 0L),
            new PodsSeen(
                report.pods(),
                cordoned(hosts.watched().orElseThrow()),
                new HashSet<>(hosts.leaving())));
    return switch (step) {
      case RollingStep.Rest _ -> true;
      case RollingStep.Restart(var host, var uid, var sentence) -> {
        if (objects.restart(topology, host, uid)) {
          fleet.event(resource, false, "PodReplaced", sentence);
        }
        yield false;
      }
      case RollingStep.NoteSettings(var host, var uid, var sentence) -> {
        if (objects.recordSettings(topology, host, uid)) {
          fleet.event(resource, false, "SettingsApplied", sentence);
        }
        yield false;
      }
      case RollingStep.Remove(var host, var sentence) -> {
        objects.removeHost(topology, host);
        fleet.event(resource, false, "HostRemoved", sentence + "; its data stay");
        yield false;
      }
      case RollingStep.Ask _, RollingStep.Move _, RollingStep.Wait _, RollingStep.Stop _ -> false;
    };
  }

  private Set<String> cordoned(Topology topology) {
    Set<String> nodes = objects.cordonedNodes();
    Set<String> hosts = new HashSet<>();
    for (Topology.Host host : topology.hosts()) {
      if (nodes.contains(host.nodeName())) {
        hosts.add(host.name());
      }
    }
    return hosts;
  }
}
