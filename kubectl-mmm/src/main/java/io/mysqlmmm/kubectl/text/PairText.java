package io.mysqlmmm.kubectl.text;

import static io.mysqlmmm.kubectl.text.PairView.or;

import io.fabric8.kubernetes.api.model.Condition;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.RoleSpec;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.text.PairView.HostView;
import io.mysqlmmm.kubectl.text.PairView.RoleIp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A resource as {@code mmm_control show} printed a cluster. A host's line is MMM's to the letter;
 * everything else starts with {@code #}, as MMM's remarks did, so what reads the host lines reads
 * ours.
 */
public final class PairText {
  /** Stands for the time of a request where the operator moved by itself (core/Move). */
  private static final String BY_OPERATOR = "by the operator";

  private final Detail detail;

  /**
   * How much to show.
   *
   * @param wide whether a host's line goes on with what MMM did not show
   * @param namespace whether the heading names the namespace
   * @param history whether it ends with the last changes; wide does always
   */
  public record Detail(boolean wide, boolean namespace, boolean history) {}

  public PairText(Detail detail) {
    this.detail = detail;
  }

  /** The resource's lines, each ended. */
  public String render(Pair pair) {
    PairView view = PairView.of(pair);
    List<String> lines = new ArrayList<>();
    lines.add("# " + heading(pair, view));
    if (pair.isPassive()) {
      lines.add("# --- Monitor is in PASSIVE MODE ---");
      lines.add("# Cause: spec.mode is Passive.");
    }
    lines.addAll(Warnings.of(view));
    view.hosts().forEach(host -> lines.add(hostLine(host, view.ips())));
    pair.roles().forEach(role -> preference(role, view.ips()).ifPresent(lines::add));
    view.hosts().forEach(host -> reason(host).ifPresent(lines::add));
    view.hosts().forEach(host -> flapping(host).ifPresent(lines::add));
    view.hosts().forEach(host -> clone(pair, host).ifPresent(lines::add));
    view.hosts().forEach(host -> backup(pair, host).ifPresent(lines::add));
    lines.addAll(health(pair, view));
    lines.addAll(PlanText.lines(pair, detail.wide() || detail.history()));
    lines.addAll(moves(pair));
    return String.join("\n", lines) + "\n";
  }

  private String heading(Pair pair, PairView view) {
    String name = detail.namespace() ? pair.key().toString() : pair.key().name();
    String ledger =
        pair.status()
            .map(MySQLMultiMasterStatus::ledger)
            .map(PairText::ledger)
            .orElse("no writer yet");
    boolean healthy = pair.status().isPresent() && view.unhealthy().isEmpty();
    String mode =
        pair.modeInForce().equals(pair.mode())
            ? pair.mode()
            : "%s (%s now)".formatted(pair.mode(), pair.modeInForce());
    return "%s: %s, %s%s".formatted(name, mode, ledger, healthy ? "" : ", NOT HEALTHY");
  }

  private static String ledger(LedgerStatus ledger) {
    return "writer %s, epoch %s, in sync: %s"
        .formatted(
            or(ledger.writer(), "none"),
            ledger.epoch() == null ? "?" : ledger.epoch(),
            ledger.inSync() == null ? "?" : String.join(" ", ledger.inSync()));
  }

  /** MMM: sprintf(" %s(%s) %s/%s. Roles: %s\n"), the space at the end of an empty list included. */
  private String hostLine(HostView host, List<RoleIp> ips) {
    String roles =
        ips.stream()
            .filter(ip -> ip.isOn(host))
            .map(RoleIp::toString)
            .collect(Collectors.joining(", "));
    String line =
        "  %s(%s) %s/%s. Roles: %s"
            .formatted(host.name(), host.address(), host.mode(), host.state(), roles);
    return detail.wide() ? line + host.seen().map(PairText::details).orElse("") : line;
  }

  private static String details(HostStatus host) {
    List<String> details = new ArrayList<>();
    if (host.version() != null) {
      details.add("mysqld " + host.version());
    }
    if (host.writable() != null) {
      details.add(host.writable() ? "writable" : "read-only");
    }
    if (host.lagMillis() != null) {
      details.add("lag " + host.lagMillis() + " ms");
    }
    if (host.since() != null) {
      details.add("since " + host.since());
    }
    if (host.gtidExecuted() != null) {
      details.add("GTIDs " + host.gtidExecuted().replaceAll("\\s", ""));
    }
    return details.isEmpty() ? "" : " | " + String.join(", ", details);
  }

  /** MMM's words, its apostrophe included. */
  private static Optional<String> preference(RoleSpec role, List<RoleIp> ips) {
    String prefer = role.prefer();
    Optional<String> holder =
        ips.stream()
            .filter(ip -> ip.role().equals(role.name()))
            .flatMap(ip -> ip.host().stream())
            .findFirst();
    if (prefer == null || holder.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        holder.get().equals(prefer)
            ? "# Role %s is assigned to it's preferred host %s.".formatted(role.name(), prefer)
            : "# Role %s has %s configured as it's preferred host but is assigned to %s at the moment."
                .formatted(role.name(), prefer, holder.get()));
  }

  private static Optional<String> reason(HostView host) {
    String reason = host.seen().map(HostStatus::reason).orElse("");
    if (host.state().equals("ONLINE") || reason.isEmpty()) {
      return Optional.empty();
    }
    String since = host.seen().map(HostStatus::since).map(" since "::concat).orElse("");
    return Optional.of("# %s is %s%s: %s".formatted(host.name(), host.state(), since, reason));
  }

  private static Optional<String> flapping(HostView host) {
    return host.seen()
        .map(HostStatus::guard)
        .filter(guard -> Boolean.TRUE.equals(guard.flapping()))
        .map(
            guard ->
                "# %s is FLAPPING: it left ONLINE %s times since %s. kubectl mmm set-online %s lets it come back."
                    .formatted(
                        host.name(),
                        guard.flapCount() == null ? "too many" : guard.flapCount(),
                        or(guard.flapsSince(), "?"),
                        host.name()));
  }

  /** One that is over is news no more, but for a failure. */
  private Optional<String> clone(Pair pair, HostView host) {
    return CloneView.of(pair, host.name())
        .filter(clone -> detail.wide() || !clone.isDone())
        .map(CloneView::line);
  }

  private Optional<String> backup(Pair pair, HostView host) {
    return BackupView.of(pair, host.name())
        .filter(backup -> detail.wide() || backup.isRunning() || backup.isFailed())
        .map(BackupView::line);
  }

  private static List<String> health(Pair pair, PairView view) {
    if (pair.status().isEmpty()) {
      return List.of("# No operator has looked at it yet.");
    }
    List<String> lines = new ArrayList<>();
    for (Condition condition : view.unhealthy()) {
      lines.add(
          "# %s: %s: %s"
              .formatted(
                  condition.getType(),
                  condition.getStatus(),
                  or(condition.getMessage(), or(condition.getReason(), ""))));
    }
    String verdict = pair.status().get().verdict();
    if (!lines.isEmpty() && verdict != null) {
      lines.add("# Verdict: " + verdict);
    }
    return lines;
  }

  private static List<String> moves(Pair pair) {
    Optional<LastMove> last = pair.status().map(MySQLMultiMasterStatus::lastMove);
    List<String> lines = new ArrayList<>();
    last.ifPresent(move -> lines.add(lastMove(move)));
    pair.moveRole()
        .filter(asked -> !isOld(asked.requestedAt(), pair.created()))
        .filter(
            asked ->
                !Objects.equals(asked.requestedAt(), last.map(LastMove::requestedAt).orElse("")))
        .ifPresent(
            asked ->
                lines.add(
                    "# Move asked for: %s to %s at %s, not taken up yet."
                        .formatted(asked.role(), asked.host(), asked.requestedAt())));
    return lines;
  }

  private static String lastMove(LastMove move) {
    String from = move.from() == null ? "" : " from " + move.from();
    String pause = move.pauseMillis() == null ? "" : " (pause " + move.pauseMillis() + " ms)";
    String message =
        move.message() == null || "Done".equals(move.outcome()) ? "" : " " + move.message();
    String when =
        BY_OPERATOR.equals(move.requestedAt())
            ? BY_OPERATOR + " at " + or(move.startedAt(), "?")
            : "at " + move.requestedAt();
    return "# Last move: %s%s to %s %s: %s%s.%s"
        .formatted(move.role(), from, move.host(), when, move.outcome(), pause, message);
  }

  /** A request from before the resource was made is no request (a re-applied old manifest). */
  static boolean isOld(@Nullable String requestedAt, String created) {
    try {
      return Instant.parse(or(requestedAt, "")).isBefore(Instant.parse(created));
    } catch (DateTimeException e) {
      return false;
    }
  }
}
