package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.EndClone;
import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.ThreadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hosts that cannot come back by replicating are cloned (S21). In this order:
 *
 * <ol>
 *   <li>Nothing is cloned over the writer, nor over a member of {@code inSync}, nor over a host
 *       that is leaving, nor while the writer does not serve.
 *   <li>A clone that runs is waited for; one that failed is begun again after a while, once its old
 *       data are gone even under {@code rejoin: Manual}: there is nothing left to decide about.
 *   <li>What is empty, in a pair whose first data set was made elsewhere, is cloned even under
 *       {@code rejoin: Manual}, if it was made here.
 *   <li>What may hold an acknowledged write that no other host has is given up by a person only.
 *   <li>A surplus is judged when the host has stood still for a while.
 *   <li>The order rests on a ledger version of its own, if the host was told to replicate at the
 *       present one: else a late order could meet a host that has been taken in sync since.
 * </ol>
 */
final class CloneCare {
  /** After one that failed or was refused: long enough for what stood in its way to change. */
  static final Duration RETRY = Duration.ofSeconds(30);

  /** How long a host with a surplus must have stood still: many times the age of what is known. */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  /** What is done about a host, and why. */
  record Care(String because, List<Command> commands) {}

  private CloneCare() {}

  /** Empty: the host needs no clone, or nothing is known of that. */
  static Optional<Care> of(Pair pair, String host) {
    Optional<AgentState> agent = pair.seen().agent(host);
    if (agent.isEmpty()
        || host.equals(pair.writer())
        || pair.ledger().inSync().containsKey(host)
        || pair.seen().topology().host(host).leaving()) {
      return Optional.empty();
    }
    Optional<Clone> running = agent.get().lastClone().filter(Clone::running);
    if (running.isPresent()) {
      return Optional.of(new Care(progress(host, running.get()), List.of()));
    }
    CloneNeed need = CloneNeed.of(pair, host);
    return need == CloneNeed.NONE || !closed(pair, agent.get())
        ? Optional.empty()
        : Optional.of(care(pair, agent.get(), need));
  }

  /** What stands in the way of a host's replication: a clone over it, or the need of one. */
  static Optional<String> note(Pair pair, String host) {
    Optional<Clone> running =
        pair.seen().agent(host).flatMap(AgentState::lastClone).filter(Clone::running);
    if (running.isPresent()) {
      return Optional.of("Cloning: it is being cloned from " + running.get().donor());
    }
    CloneNeed need = CloneNeed.of(pair, host);
    return switch (need) {
      case UNFINISHED, BEGINNING, PURGED -> Optional.of("NeedsClone: " + need.because(pair, host));
      case SURPLUS, REQUEST, NONE -> Optional.empty();
    };
  }

  /** Requests that are refused whatever comes. */
  static List<Command> refusals(Pair pair) {
    List<Command> commands = new ArrayList<>();
    pair.seen()
        .clones()
        .requests()
        .forEach(
            (host, request) -> {
              if (host.equals(pair.writer())) {
                commands.add(
                    new EndClone(host, request, host + " is the writer: move the role first"));
              } else if (pair.ledger().inSync().containsKey(host)) {
                commands.add(
                    new EndClone(
                        host,
                        request,
                        host
                            + " counts as in sync with the writer: what it has may be all that is"
                            + " left, and is not given up"));
              }
            });
    return commands;
  }

  private static String progress(String host, Clone clone) {
    String share =
        clone.bytesTotal() > 0
            ? ", %d of %d MiB".formatted(clone.bytesDone() >> 20, clone.bytesTotal() >> 20)
            : "";
    String stage =
        clone.stage().isEmpty()
            ? ""
            : " (" + clone.stage().toLowerCase(java.util.Locale.ROOT) + ")";
    return "%s is being cloned from %s%s%s".formatted(host, clone.donor(), share, stage);
  }

  private static boolean closed(Pair pair, AgentState agent) {
    return !agent.standing().mayWrite()
        && !agent.standing().unjudged()
        && pair.seen().running(agent.host()).filter(Mysqld.Running::superReadOnly).isPresent();
  }

  private static Care care(Pair pair, AgentState agent, CloneNeed need) {
    String host = agent.host();
    Optional<Clones.Request> request =
        Optional.ofNullable(pair.seen().clones().requests().get(host));
    String what = sentence(pair, host, need);
    if (need == CloneNeed.BEGINNING) {
      Optional<Care> first = beforeTheFirst(pair, host, request.isPresent(), what);
      if (first.isPresent()) {
        return first.get();
      }
    } else if (need != CloneNeed.UNFINISHED && request.isEmpty()) {
      if (CloneNeed.mayHoldAcknowledged(pair, host)) {
        return new Care(
            what
                + "; they may have been acknowledged, and no other host may have them: save them,"
                + " then request a clone",
            List.of());
      }
      if (pair.seen().topology().rejoin() == Topology.Rejoin.MANUAL) {
        return new Care(what + "; spec.rejoin is Manual: request a clone", List.of());
      }
    }
    if (need == CloneNeed.SURPLUS && !settled(pair, host)) {
      return new Care(what, hold(pair, agent));
    }
    Optional<String> trouble = recentTrouble(pair, host, request);
    return trouble.isPresent()
        ? new Care(what + "; the last attempt failed: " + trouble.get(), List.of())
        : begin(pair, agent, request, what);
  }

  /**
   * An empty data set is cloned over when it was made here, or a person asks for it, and the copy
   * has GTIDs to be known by.
   */
  private static Optional<Care> beforeTheFirst(
      Pair pair, String host, boolean requested, String what) {
    if (!requested && !Adoption.isNewHere(pair.seen(), host)) {
      return Optional.of(
          new Care(
              what
                  + "; but it has a data set that this operator did not make, or that was not looked"
                  + " at yet: it is left alone until a clone is requested",
              List.of()));
    }
    boolean unnamed =
        pair.seen().running(pair.writer()).filter(w -> w.executed().isEmpty()).isPresent();
    return unnamed
        ? Optional.of(
            new Care(
                what + "; the writer has no transaction yet that the copy could be known by",
                List.of(
                    new Orders(pair.seen(), pair.ledger()).mark(pair.writerAgent().orElseThrow()))))
        : Optional.empty();
  }

  private static String sentence(Pair pair, String host, CloneNeed need) {
    String because = need.because(pair, host);
    return need == CloneNeed.SURPLUS
        ? "%s is held out: %s".formatted(host, because)
        : "%s needs a clone: %s".formatted(host, because);
  }

  private static boolean settled(Pair pair, String host) {
    return pair.seen().troubledFor(host).compareTo(SETTLED) >= 0 && !connected(pair, host);
  }

  private static boolean connected(Pair pair, String host) {
    return pair.seen()
        .running(host)
        .flatMap(Mysqld.Running::channel)
        .filter(c -> c.io() != ThreadState.OFF || c.sql() != ThreadState.OFF)
        .isPresent();
  }

  private static List<Command> hold(Pair pair, AgentState agent) {
    return connected(pair, agent.host())
        ? List.of(new Orders(pair.seen(), pair.ledger()).hold(agent))
        : List.of();
  }

  /** A new request is tried at once. */
  private static Optional<String> recentTrouble(
      Pair pair, String host, Optional<Clones.Request> request) {
    return Optional.ofNullable(pair.seen().clones().troubles().get(host))
        .filter(t -> request.isEmpty() && pair.seen().now().minus(t.at()).compareTo(RETRY) < 0)
        .map(Clones.Trouble::reason);
  }

  private static Care begin(
      Pair pair, AgentState agent, Optional<Clones.Request> request, String what) {
    String host = agent.host();
    String from = request.map(Clones.Request::from).orElse("");
    return switch (CloneDonor.choose(pair, host, from)) {
      case CloneDonor.None(String reason) ->
          new Care(
              what + "; no donor: " + reason,
              request.map(r -> List.<Command>of(new EndClone(host, r, reason))).orElse(List.of()));
      case CloneDonor.Use(AgentState donor) -> {
        if (agent.standing().cloneGuard().followed() >= pair.ledger().version()) {
          yield new Care(
              "%s; its clone rests on a ledger version of its own".formatted(what),
              List.of(new WriteLedger(pair.ledger().claimed())));
        }
        String at = request.map(Clones.Request::requestedAt).orElse("");
        yield new Care(
            "%s; it is cloned from %s".formatted(what, donor.host()),
            List.of(new Orders(pair.seen(), pair.ledger()).clone(agent, donor, at)));
      }
    };
  }
}
