package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.RollingStep.Wait;
import java.util.Optional;

/**
 * Moves the writer off its host before the host is touched: only to a standby that is in sync and
 * whose node is not cordoned, only in mode Active, and by the path of a move that a person asks
 * for.
 */
record WriterLeave(Snapshot seen, PodsSeen pods, RollingMemory memory, RollingView view) {

  /** What to do about a cordoned node of the writer; empty: nothing. */
  Optional<RollingStep> cordonedNode() {
    Optional<String> writer =
        view.order().stream().filter(view::isWriter).filter(pods.cordoned()::contains).findFirst();
    if (writer.isEmpty() || !view.writerServes() || view.isMoving()) {
      return Optional.empty();
    }
    String peer = seen.topology().peerOf(writer.get()).name();
    String what =
        "the node of writer %s is cordoned (%s)"
            .formatted(writer.get(), seen.topology().host(writer.get()).nodeName());
    if (pods.cordoned().contains(peer)) {
      return Optional.of(
          new Wait("%s, and so is that of %s: nobody is there to take over".formatted(what, peer)));
    }
    return Optional.of(
        view.isInPlace(peer)
            ? move(peer, what)
            : new Wait("%s, and %s is not in sync: %s".formatted(what, peer, view.reason(peer))));
  }

  /** The writer leaves so that its host can have a new pod. */
  RollingStep toUpdate(String why) {
    String writer = view.order().stream().filter(view::isWriter).findFirst().orElseThrow();
    String peer = seen.topology().peerOf(writer).name();
    String what = "the writer's host %s is to get a new pod%s".formatted(writer, why);
    return pods.cordoned().contains(peer)
        ? new Wait("%s, and the node of %s is cordoned".formatted(what, peer))
        : move(peer, what);
  }

  private RollingStep move(String peer, String what) {
    String role = seen.topology().activeMasterRole();
    if (seen.topology().mode() != Topology.Mode.ACTIVE) {
      return new Wait(
          "%s, and spec.mode is not Active: move role '%s' to %s, and it goes on"
              .formatted(what, role, peer));
    }
    return memory
        .moveTrouble()
        .<RollingStep>map(trouble -> new Wait("%s: %s".formatted(what, trouble)))
        .orElseGet(
            () ->
                new RollingStep.Move(
                    peer, "%s: role '%s' is moved to %s".formatted(what, role, peer)));
  }
}
