package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.api.v1alpha1.SetIpRequest;
import io.mysqlmmm.operator.core.Check;
import io.mysqlmmm.operator.core.CheckState;
import io.mysqlmmm.operator.core.HostLife;
import io.mysqlmmm.operator.core.Lives;
import io.mysqlmmm.operator.core.Plan;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology.Mode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the leader remembers of states, roles and requests, and how it goes on. Kept in status.
 * Confined to the loop's thread.
 */
final class Remembered {
  /** Enough for a bad night. */
  private static final int HISTORY = 20;

  /** A change worth telling. */
  record Change(boolean warning, String sentence) {}

  private Lives lives = Lives.NONE;
  private Map<String, Plan.Pin> pins = new HashMap<>();
  private List<SetIpRequest> setIps = new ArrayList<>();
  private List<PlanStatus.Change> history = new ArrayList<>();
  private @Nullable MoveRoleRequest moveRole;
  private boolean waitOver;
  private Optional<Mode> mode = Optional.empty();
  private String modeSince = "";
  private final List<Change> untold = new ArrayList<>();

  /** Takes over from the leader that wrote {@code status}. */
  void takeOver(@Nullable MySQLMultiMasterStatus status, Instant now) {
    lives = Memory.lives(status, now);
    pins = new HashMap<>(Memory.pins(status));
    setIps = new ArrayList<>(Memory.setIps(status));
    history = new ArrayList<>(Memory.history(status));
    moveRole = Memory.moveRole(status).orElse(null);
    waitOver = Memory.waitOver(status);
  }

  /** The mode in force: Wait is Active once its waiting is over. */
  Mode inForce(Mode wanted) {
    waitOver = waitOver && wanted == Mode.WAIT;
    return waitOver ? Mode.ACTIVE : wanted;
  }

  Plan plan(Instant wall, Optional<Plan.Moved> lastMove) {
    return new Plan(wall, lives, pins, lastMove);
  }

  /**
   * One more look at the hosts.
   *
   * @param setOnline the requests to set them online, by their times
   * @param onPurpose those that are being taken out of service on purpose
   */
  void look(Snapshot seen, Map<String, String> setOnline, Set<String> onPurpose) {
    Lives before = lives;
    lives = lives.next(seen, setOnline, onPurpose);
    lives
        .lives()
        .forEach(
            (host, life) -> {
              HostLife last = before.lives().get(host);
              if (last == null || last.state() != life.state()) {
                note(seen.wall(), host, last, life);
              }
            });
    noteVitals(seen.wall(), before);
    pins.values()
        .removeIf(
            pin ->
                Optional.ofNullable(lives.lives().get(pin.host()))
                    .filter(HostLife::online)
                    .isEmpty());
  }

  /** Checks that change no state are told of by themselves. */
  private void noteVitals(Instant wall, Lives before) {
    lives
        .checks()
        .forEach(
            (host, checks) ->
                checks.forEach(
                    (check, state) -> {
                      CheckState last = before.checks().getOrDefault(host, Map.of()).get(check);
                      boolean failed = state.outcome() == CheckState.Outcome.FAILED;
                      boolean had = last != null && last.outcome() == CheckState.Outcome.FAILED;
                      if (!Check.OF_MMM.contains(check) && failed != had) {
                        note(
                            wall,
                            failed,
                            "%s: check %s %s: %s"
                                .formatted(
                                    host,
                                    check.text(),
                                    failed ? "failed" : "is fine again",
                                    state.message()));
                      }
                    }));
  }

  private void note(Instant wall, String host, @Nullable HostLife last, HostLife life) {
    if (last == null && life.rule().equals(HostLife.NEW_HOST)) {
      return;
    }
    String from = last == null ? "" : " from " + last.state();
    String why = life.reason().isEmpty() ? "" : ": " + life.reason();
    note(
        wall,
        !life.online(),
        "%s went%s to %s (%s)%s".formatted(host, from, life.state(), life.rule(), why));
  }

  void endWaiting(Instant wall) {
    waitOver = true;
    note(wall, false, "mode Wait is over: roles are treated as in Active");
  }

  void pin(String ip, Plan.Pin pin) {
    pins.put(ip, pin);
  }

  /** A request of spec.setIp was dealt with. */
  void dealt(SetIpRequest request, Instant wall, String outcome) {
    setIps.removeIf(r -> String.valueOf(r.ip()).equals(request.ip()));
    setIps.add(request);
    note(wall, false, "set-ip %s %s: %s".formatted(request.ip(), request.host(), outcome));
  }

  boolean wasDealt(SetIpRequest request) {
    return setIps.contains(request);
  }

  /** A request of spec.moveRole is being dealt with. */
  void dealt(MoveRoleRequest request) {
    moveRole = request;
  }

  boolean wasDealt(MoveRoleRequest request) {
    return request.equals(moveRole);
  }

  /** Whether a request to set a host online was answered. */
  boolean answered(String host, String requestedAt) {
    return Optional.ofNullable(lives.lives().get(host))
        .flatMap(HostLife::answered)
        .filter(a -> a.requestedAt().equals(requestedAt))
        .isPresent();
  }

  void note(Instant wall, boolean warning, String sentence) {
    history.add(new PlanStatus.Change(wall.truncatedTo(ChronoUnit.MILLIS).toString(), sentence));
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
    untold.add(new Change(warning, sentence));
  }

  /** What changed since this was asked last. */
  List<Change> news() {
    List<Change> news = List.copyOf(untold);
    untold.clear();
    return news;
  }

  PlanStatus render(Mode inForce, Instant wall, @Nullable MySQLMultiMasterStatus before) {
    if (mode.filter(inForce::equals).isEmpty()) {
      modeSince =
          Memory.modeSince(before, text(inForce))
              .orElse(wall.truncatedTo(ChronoUnit.SECONDS).toString());
      mode = Optional.of(inForce);
    }
    return new PlanStatus(
        text(inForce),
        modeSince,
        waitOver ? Boolean.TRUE : null,
        moveRole,
        setIps.isEmpty() ? null : List.copyOf(setIps),
        history.isEmpty() ? null : List.copyOf(history));
  }

  /** As spec.mode spells it. */
  private static String text(Mode mode) {
    return switch (mode) {
      case ACTIVE -> "Active";
      case MANUAL -> "Manual";
      case WAIT -> "Wait";
      case PASSIVE -> "Passive";
    };
  }
}
