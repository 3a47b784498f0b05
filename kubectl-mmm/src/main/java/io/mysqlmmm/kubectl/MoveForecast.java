package io.mysqlmmm.kubectl;

import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.RoleSpec;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a move, from the status alone. The operator judges by what it sees at that
 * moment; figures in the status are up to 10 s old. Sentences are the operator's (operator,
 * core/MoveRequests).
 *
 * @param remarks what the answer rests on, one line each
 */
record MoveForecast(List<String> remarks, Answer answer) {
  MoveForecast {
    remarks = List.copyOf(remarks);
  }

  static MoveForecast of(Pair pair, String role, String host, boolean force) {
    Optional<RoleSpec> spec = pair.roles().stream().filter(r -> role.equals(r.name())).findFirst();
    Optional<String> wrong = wrongWords(pair, spec, role, host);
    if (wrong.isPresent()) {
      return new MoveForecast(List.of(), refused(role, wrong.get()));
    }
    if (role.equals(pair.activeMasterRole())) {
      return new WriterForecast(pair, role, host, force).forecast();
    }
    return forecast(pair, role, host, spec.map(RoleSpec::mode).orElse("").equals("Balanced"));
  }

  static Answer refused(String role, String why) {
    return Answer.refused("Role '%s' is not moved: %s.".formatted(role, why));
  }

  static Answer thereAlready(String role, String host) {
    return Answer.done("Role '%s' is on '%s' already.".formatted(role, host));
  }

  private static Optional<String> wrongWords(
      Pair pair, Optional<RoleSpec> role, String name, String host) {
    if (pair.isPassive()) {
      return Optional.of("in passive mode nothing is changed");
    }
    if (role.isEmpty()) {
      return Optional.of("spec.moveRole.role: there is no role '%s'".formatted(name));
    }
    if (pair.host(host).isEmpty()) {
      return Optional.of("spec.moveRole.host: there is no host '%s'".formatted(host));
    }
    List<String> able = role.map(RoleSpec::hosts).orElse(List.of());
    return able.contains(host)
        ? Optional.empty()
        : Optional.of(
            "spec.moveRole.host: '%s' is not among the hosts of role '%s'".formatted(host, name));
  }

  /** A role whose holder need not be writable: only the host's state counts. */
  private static MoveForecast forecast(Pair pair, String role, String host, boolean balanced) {
    RoleIps ips = RoleIps.of(pair, role);
    List<String> remarks = new ArrayList<>();
    remarks.add("# Role %s: %s.".formatted(role, ips));
    remarks.add("# Host %s: %s.".formatted(host, HostWords.state(pair, host)));
    Optional<RoleIps.Placed> moved = ips.toMove(host);
    if (moved.isEmpty()) {
      return new MoveForecast(remarks, thereAlready(role, host));
    }
    if (!HostWords.state(pair, host).equals("ONLINE")) {
      return new MoveForecast(
          remarks,
          refused(
              role,
              "host '%s' may not hold it now: it is %s"
                  .formatted(host, HostWords.state(pair, host))));
    }
    String what =
        balanced ? "IP %s of role '%s'".formatted(moved.get().ip(), role) : "Role '" + role + "'";
    return new MoveForecast(
        remarks,
        Answer.done(
            "%s would be moved from '%s' to '%s'."
                .formatted(what, moved.get().host().orElse("nobody"), host)));
  }

  /** The pause that the last move of this role took; the next takes about as long. */
  static String expectedPause(Pair pair, String role) {
    return pair.status()
        .map(MySQLMultiMasterStatus::lastMove)
        .filter(move -> role.equals(move.role()) && move.pauseMillis() != null)
        .map(LastMove::pauseMillis)
        .map("about %d ms, as the last move took"::formatted)
        .orElse("unknown, no move of this role is remembered");
  }

  static Optional<LedgerStatus> ledger(Pair pair) {
    return pair.status().map(MySQLMultiMasterStatus::ledger);
  }

  /** spec.monitor.maxLag; its default is the CRD's. */
  static Duration maxLag(Pair pair) {
    return Durations.parse(pair.json().at("/spec/monitor/maxLag").asText("5s"));
  }
}
