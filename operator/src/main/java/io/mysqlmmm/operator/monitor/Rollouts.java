package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.operator.core.Command.Send;
import io.mysqlmmm.operator.core.Move;
import io.mysqlmmm.operator.core.OwnMoves;
import io.mysqlmmm.operator.core.PodsSeen;
import io.mysqlmmm.operator.core.RollingMemory;
import io.mysqlmmm.operator.core.RollingPlan;
import io.mysqlmmm.operator.core.RollingStep;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a loop remembers for {@link RollingPlan}, and who waits for its next step. Confined to the
 * loop's thread.
 */
final class Rollouts {
  /** Before a refused move is wanted again: what was in its way may have gone. */
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(10);

  /** Before a move that was undone is wanted again: each costs a pause of writes. */
  private static final Duration AFTER_ABORT = Duration.ofMinutes(1);

  private final Map<String, RollingMemory.Answer> answers = new HashMap<>();
  private final Map<String, String> startErrors = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final List<CompletableFuture<RollingStep>> asking = new ArrayList<>();
  private final List<CompletableFuture<RollingStep>> waiting = new ArrayList<>();
  private @Nullable PodsSeen pods;
  private @Nullable RollingStep last;
  private long generation;
  private String moveTrouble = "";
  private String why = "";
  private Duration moveAgain = Duration.ZERO;
  private Optional<String> writer = Optional.empty();
  private Duration writerSince = Duration.ZERO;

  void looked(Event.PodsLookedAt event) {
    PodsSeen before = pods;
    if (before != null) {
      // What the last pod of a host died of is not the new one's.
      startErrors.keySet().removeIf(host -> !before.isSamePod(host, event.pods()));
    }
    pods = event.pods();
    generation = event.generation();
    asking.add(event.step());
  }

  /** The next step, if the pods were ever looked at. */
  Optional<RollingStep> plan(Snapshot seen) {
    if (pods == null) {
      return Optional.empty();
    }
    noteStarts(seen);
    // An answer is about one difference; the same one may come again later.
    answers.keySet().removeIf(host -> !pods.wantsSettings(host));
    boolean barred = seen.now().compareTo(moveAgain) < 0;
    RollingMemory memory =
        new RollingMemory(
            answers, startErrors, barred ? Optional.of(moveTrouble) : Optional.empty());
    RollingStep step = RollingPlan.decide(seen, pods, memory);
    last = step;
    waiting.addAll(asking);
    asking.clear();
    return Optional.of(step);
  }

  /** Whoever waits for the step that was planned last gets it: what it means is in status. */
  void answer() {
    last().ifPresent(step -> waiting.forEach(w -> w.complete(step)));
    waiting.clear();
  }

  /** Hosts that are taken out of service on purpose: by a new pod, or with their node. */
  Set<String> onPurpose() {
    Set<String> hosts = new HashSet<>(pods == null ? Set.of() : pods.cordoned());
    if (last instanceof RollingStep.Restart restart) {
      hosts.add(restart.host());
    }
    return hosts;
  }

  /** The step that was planned last. */
  Optional<RollingStep> last() {
    return Optional.ofNullable(last);
  }

  /** The same for people who look at this generation of the spec. */
  Optional<RollingStep> last(long asked) {
    return asked == generation
        ? last()
        : last()
            .map(_ -> new RollingStep.Wait("the spec was changed, and its hosts are looked at"));
  }

  /** Why a server does not come up is remembered until it runs: it starts again and again. */
  private void noteStarts(Snapshot seen) {
    for (Topology.Host host : seen.topology().hosts()) {
      seen.agent(host.name())
          .ifPresent(
              agent -> {
                switch (agent.mysqld()) {
                  case Mysqld.Running _ -> startErrors.remove(host.name());
                  case Mysqld.Absent absent ->
                      absent
                          .startError()
                          .ifPresentOrElse(
                              error -> startErrors.put(host.name(), error),
                              () -> startErrors.remove(host.name()));
                  case Mysqld.Starting _, Mysqld.Unresponsive _ -> {}
                }
              });
    }
  }

  /** The role's move that is wanted now: by a rollout or a cordoned node, else by policy. */
  Optional<Move.Request> wanted(Snapshot seen) {
    if (seen.topology().mode() == Topology.Mode.PASSIVE) {
      return Optional.empty();
    }
    Optional<OwnMoves.Wanted> wanted =
        last instanceof RollingStep.Move move
            ? Optional.of(new OwnMoves.Wanted(move.to(), move.sentence()))
            : OwnMoves.wanted(seen, settled(seen))
                .filter(_ -> seen.now().compareTo(moveAgain) >= 0)
                // Else it would have to leave again at once.
                .filter(w -> pods == null || pods.stays(w.to()));
    wanted.ifPresent(w -> why = w.why());
    return wanted.map(w -> Move.Request.byOperator(seen.topology().activeMasterRole(), w.to()));
  }

  private boolean settled(Snapshot seen) {
    Optional<String> now = seen.ledger().map(Ledger::writer);
    if (!now.equals(writer)) {
      writer = now;
      writerSince = seen.now();
    }
    return seen.now().minus(writerSince).compareTo(OwnMoves.SETTLED) >= 0;
  }

  /** Why a move was wanted last. */
  String why() {
    return why;
  }

  /** The order that is to be given now, unless it is under way. */
  Optional<Send> order() {
    return last instanceof RollingStep.Ask ask && asked.add(ask.send().host())
        ? Optional.of(ask.send())
        : Optional.empty();
  }

  void answered(String host, Order.Settings order, Answer answer) {
    asked.remove(host);
    switch (answer) {
      case Answer.Done _ ->
          answers.put(host, new RollingMemory.Answer(order.settings(), Optional.empty()));
      case Answer.Failed(var reason, var _) ->
          answers.put(host, new RollingMemory.Answer(order.settings(), Optional.of(reason)));
      case Answer.Refused _ -> {} // Not about the settings: asked again.
    }
  }

  /** No answer came: it is asked again. */
  void lost(String host) {
    asked.remove(host);
  }

  void moveEnded(EndMove end, Duration now) {
    switch (end.outcome()) {
      case DONE -> moveTrouble = "";
      case REFUSED -> bar(end.message(), now.plus(AFTER_REFUSAL));
      case ABORTED -> bar(end.message() + " It is tried again in a minute.", now.plus(AFTER_ABORT));
    }
  }

  private void bar(String why, Duration until) {
    moveTrouble = why;
    moveAgain = until;
  }
}
