package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.PodsSeen.Due;
import io.mysqlmmm.operator.core.PodsSeen.Pod;
import io.mysqlmmm.operator.core.RollingStep.Ask;
import io.mysqlmmm.operator.core.RollingStep.NoteSettings;
import io.mysqlmmm.operator.core.RollingStep.Remove;
import io.mysqlmmm.operator.core.RollingStep.Rest;
import io.mysqlmmm.operator.core.RollingStep.Restart;
import io.mysqlmmm.operator.core.RollingStep.Stop;
import io.mysqlmmm.operator.core.RollingStep.Wait;
import io.mysqlmmm.shared.agent.Mysqld;
import java.util.List;
import java.util.Optional;

/**
 * Brings hosts to what the spec asks for, one at a time. Pure. In this order:
 *
 * <ol>
 *   <li>A host that left the spec is removed once it holds no IP.
 *   <li>The writer leaves a node that is cordoned, when its peer is in sync elsewhere.
 *   <li>Of the hosts that lack something: replicas, then the standby, then the writer's. Settings
 *       are offered to the running server first; what it cannot take over takes a new pod.
 *   <li>A host gets a new pod only while the writer serves and every other host is in place; the
 *       writer's host only after the writer was moved away ({@link WriterLeave}).
 *   <li>A host that does not come up stops everything, until the spec is corrected: then it comes
 *       first, as it serves nobody.
 * </ol>
 *
 * The writer's pod is deleted only when its server does not come up and nobody can take over.
 */
public final class RollingPlan {
  private final Snapshot seen;
  private final PodsSeen pods;
  private final RollingMemory memory;
  private final RollingView view;

  private RollingPlan(Snapshot seen, PodsSeen pods, RollingMemory memory) {
    this.seen = seen;
    this.pods = pods;
    this.memory = memory;
    this.view = new RollingView(seen, pods, memory);
  }

  /** The next step. Never blocks, never throws for any state of the world. */
  public static RollingStep decide(Snapshot seen, PodsSeen pods, RollingMemory memory) {
    if (seen.topology().mode() == Topology.Mode.PASSIVE) {
      return new Rest("spec.mode is Passive: nothing is changed");
    }
    return new RollingPlan(seen, pods, memory).decide();
  }

  private RollingStep decide() {
    List<String> leaving = pods.leaving().stream().sorted().toList();
    Optional<String> free = leaving.stream().filter(view::holdsNothing).findFirst();
    if (free.isPresent()) {
      return new Remove(
          free.get(), "%s has left the spec and holds no IP: it is removed".formatted(free.get()));
    }
    WriterLeave leave = new WriterLeave(seen, pods, memory, view);
    Optional<RollingStep> evacuation = leave.cordonedNode();
    if (evacuation.isPresent() && evacuation.get() instanceof RollingStep.Move) {
      return evacuation.get();
    }
    List<String> order = view.order();
    Optional<RollingStep> live = withoutRestart(order);
    if (live.isPresent()) {
      return live.get();
    }
    Optional<String> next = order.stream().filter(pods::lacks).findFirst();
    if (next.isPresent()) {
      return bring(next.get(), leave);
    }
    return evacuation
        .or(() -> order.stream().map(this::podTrouble).flatMap(Optional::stream).findFirst())
        .or(
            () ->
                leaving.stream()
                    .<RollingStep>map(h -> new Wait(h + " has left the spec and gives its IPs up"))
                    .findFirst())
        .orElseGet(() -> new Rest("every host has what the spec asks for"));
  }

  private RollingStep bring(String host, WriterLeave leave) {
    Pod pod = pods.pod(host).orElseThrow();
    if (view.isMoving()) {
      return waiting("the writer's role is being moved");
    }
    if (pods.cordoned().contains(host)) {
      return waiting(
          "%s needs a new pod, and its node is cordoned: uncordon it to go on".formatted(host));
    }
    if (pod.ending()) {
      return waiting("%s: its pod is ending".formatted(host));
    }
    return view.isWriter(host) ? bringWriter(host, pod, leave) : bringOther(host, pod);
  }

  /**
   * The first server that can be asked to take its settings over, whatever becomes of others; but
   * while one does not come up, maybe for these settings, nobody is.
   */
  private Optional<RollingStep> withoutRestart(List<String> order) {
    return seen.ledger().isEmpty() || view.isMoving() || order.stream().anyMatch(view::isStuck)
        ? Optional.empty()
        : order.stream().map(this::withoutRestart).flatMap(Optional::stream).findFirst();
  }

  private Optional<RollingStep> withoutRestart(String host) {
    Optional<Pod> pod = pods.pod(host).filter(p -> !p.ending());
    if (pod.isEmpty()
        || !(pod.get().due() instanceof Due.Settings due)
        || seen.running(host).isEmpty()
        || memory.refusal(host, due.settings()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        memory.taken(host, due.settings())
            ? new NoteSettings(host, pod.get().uid(), "%s took its settings over".formatted(host))
            : new Ask(
                new Orders(seen, seen.ledger().orElseThrow())
                    .settings(seen.agent(host).orElseThrow(), due.settings()),
                text("%s is asked to take its settings over without a restart".formatted(host))));
  }

  private RollingStep bringWriter(String host, Pod pod, WriterLeave leave) {
    if (view.writerServes()) {
      Optional<RollingStep> trouble = othersTrouble(host);
      return trouble.orElseGet(() -> leave.toUpdate(why(host, pod)));
    }
    return view.isStuck(host) && !view.peerMayTakeOver()
        ? restart(host, pod)
        : waiting("the writer does not serve now");
  }

  private RollingStep bringOther(String host, Pod pod) {
    if (view.isStuck(host) || (seen.ledger().isEmpty() && seen.running(host).isEmpty())) {
      return restart(host, pod);
    }
    if (!view.writerServes()) {
      return waiting("no writer serves now");
    }
    if (view.isElsewhere(host)) {
      return restart(host, pod);
    }
    if (!pod.ready() || seen.running(host).isEmpty()) {
      return waiting("%s: its pod is starting".formatted(host));
    }
    if (!view.isInPlace(host) && view.replicationError(host).isEmpty()) {
      return waiting("%s is not in sync: %s".formatted(host, view.reason(host)));
    }
    return othersTrouble(host).orElseGet(() -> restart(host, pod));
  }

  private RollingStep restart(String host, Pod pod) {
    return new Restart(
        host, pod.uid(), text("%s gets a new pod%s".formatted(host, why(host, pod))));
  }

  private String why(String host, Pod pod) {
    return pod.due() instanceof Due.Settings due
        ? memory
            .refusal(host, due.settings())
            .map(r -> ", as mysqld cannot take its settings over (%s)".formatted(r))
            .orElse("")
        : "";
  }

  /** Why no host may be taken out of service now, whatever it is itself. */
  private Optional<RollingStep> othersTrouble(String host) {
    return view.order().stream()
        .filter(other -> !other.equals(host))
        .map(other -> podTrouble(other).or(() -> outOfPlace(other)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<RollingStep> outOfPlace(String host) {
    return view.isInPlace(host)
        ? Optional.empty()
        : Optional.of(waiting("%s is not in sync: %s".formatted(host, view.reason(host))));
  }

  private Optional<RollingStep> podTrouble(String host) {
    Optional<Pod> pod = pods.pod(host);
    if (pod.isEmpty()) {
      return Optional.of(waiting("%s: its pod is being made".formatted(host)));
    }
    if (pod.get().ending()) {
      return Optional.of(waiting("%s: its pod is ending".formatted(host)));
    }
    if (pod.get().due() instanceof Due.Unknown) {
      return Optional.of(waiting("%s: its StatefulSet is being looked at".formatted(host)));
    }
    if (pods.cordoned().contains(host) && !pod.get().ready()) {
      return Optional.of(waiting("%s: its node is cordoned".formatted(host)));
    }
    Optional<String> failure =
        pod.get().problem().or(() -> memory.startError(host).map(e -> startFailure(host, e)));
    if (failure.isPresent()) {
      return Optional.of(
          new Stop(
              text(
                  "%s: %s; the other hosts stay as they are, and it goes on when the spec is corrected"
                      .formatted(host, failure.get()))));
    }
    return pod.get().ready()
        ? Optional.empty()
        : Optional.of(waiting("%s: its pod is starting".formatted(host)));
  }

  private String startFailure(String host, String error) {
    String image = pods.pod(host).map(Pod::image).orElse("");
    String older =
        view.order().stream()
            .filter(other -> !other.equals(host))
            .filter(other -> pods.pod(other).filter(p -> !p.image().equals(image)).isPresent())
            .flatMap(other -> seen.running(other).stream())
            .map(Mysqld.Running::version)
            .findFirst()
            .map(
                v ->
                    " (the image is another than that of a host that runs %s: mysqld never starts on data that a newer version has used, nor skips a long-term series)"
                        .formatted(v))
            .orElse("");
    return "mysqld does not come up: " + error + older;
  }

  private Wait waiting(String what) {
    return new Wait(text(what));
  }

  /** With the hosts that are still to come. */
  private String text(String what) {
    List<String> toCome = view.order().stream().filter(pods::lacks).toList();
    return toCome.isEmpty() ? what : "%s; to come: %s".formatted(what, String.join(", ", toCome));
  }
}
