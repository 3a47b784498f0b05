package io.mysqlmmm.operator.sim;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.core.Command.Send;
import io.mysqlmmm.operator.core.Decision;
import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.operator.monitor.StatusStore;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an operator is made to leave a rule out: by what it is told, or what is done in its name. */
final class Lies {
  private final World world;

  Lies(World world) {
    this.world = world;
  }

  private boolean without(Rule rule) {
    return world.without(rule);
  }

  // --- what it is told of the agents

  Answer believed(Answer answer, boolean writerAway) {
    return switch (answer) {
      case Answer.Done(var s) -> new Answer.Done(believed(s, writerAway));
      case Answer.Refused(var rule, var reason, var s) ->
          new Answer.Refused(rule, reason, believed(s, writerAway));
      case Answer.Failed(var reason, var s) -> new Answer.Failed(reason, believed(s, writerAway));
    };
  }

  AgentState believed(AgentState s, boolean writerAway) {
    Standing standing = s.standing();
    Mysqld mysqld = s.mysqld();
    Duration unheard = s.writerUnheard();
    if (without(Rule.PROMISE)) {
      standing = standing.promising(world.host(s.host()).pretendedPromise);
    }
    if (without(Rule.PROOF) && writerAway) {
      unheard = Duration.ofDays(1);
      standing = standing.promising(world.api.ledger().map(Ledger::epoch).orElse(0L));
    }
    NetworkState network = s.network();
    Optional<Ledger> ledger = world.api.ledger();
    if (without(Rule.ABORT_PROOF)
        && ledger.filter(l -> l.writer().equals(s.host())).isPresent()
        && moving()
        && mysqld instanceof Mysqld.Running r) {
      standing = standing.releasing(ledger.get().epoch());
      mysqld = readOnly(r);
      network = new NetworkState("eth0", "", List.of(), List.of());
    }
    if (without(Rule.CLOSED) && !standing.mayWrite() && mysqld instanceof Mysqld.Running r) {
      mysqld = readOnly(r);
    }
    if (without(Rule.REPLICA_COMPARED)
        && ledger.isPresent()
        && !world.host(s.host()).master()
        && mysqld instanceof Mysqld.Running r) {
      mysqld = within(r, world.host(ledger.get().writer()).server.executed());
    }
    return new AgentState(
        s.sequence(),
        s.resourceUid(),
        s.host(),
        s.clock(),
        unheard,
        s.agentVersion(),
        standing,
        mysqld,
        network,
        Optional.empty(),
        s.vitals());
  }

  private static Mysqld readOnly(Mysqld.Running r) {
    return new Mysqld.Running(
        r.serverUuid(),
        r.version(),
        true,
        r.executed(),
        r.purged(),
        r.channel(),
        r.semiSync(),
        0,
        "",
        r.missingPlugins());
  }

  /** As if it had nothing that is not in {@code all}. */
  private static Mysqld within(Mysqld.Running r, GtidSet all) {
    return new Mysqld.Running(
        r.serverUuid(),
        r.version(),
        r.superReadOnly(),
        r.executed().minus(r.executed().minus(all)),
        r.purged(),
        r.channel().map(c -> within(c, all)),
        r.semiSync(),
        0,
        "",
        r.missingPlugins());
  }

  private static Mysqld.Channel within(Mysqld.Channel c, GtidSet all) {
    return new Mysqld.Channel(
        c.sourceAddress(),
        c.sourcePort(),
        c.sourceUuid(),
        c.io(),
        c.sql(),
        c.retrieved().minus(c.retrieved().minus(all)),
        c.lagMillis(),
        c.error(),
        c.connectingMillis(),
        c.delay());
  }

  private boolean moving() {
    var status = world.api.resource().getStatus();
    return status != null
        && status.lastMove() != null
        && "InProgress".equals(status.lastMove().outcome());
  }

  // --- what becomes of its writes

  StatusStore.@Nullable Outcome skipWrite(MySQLMultiMaster read, MySQLMultiMasterStatus status) {
    MySQLMultiMaster next = new MySQLMultiMaster();
    next.setMetadata(read.getMetadata());
    next.setSpec(read.getSpec());
    next.setStatus(status);
    Optional<Ledger> from = Api.ledgerOf(read);
    Optional<Ledger> to = Api.ledgerOf(next);
    if (from.isEmpty() || to.isEmpty()) {
      return null;
    }
    if (without(Rule.CLAIM) && to.get().equals(from.get().claimed())) {
      return new StatusStore.Outcome.Written(next);
    }
    if (without(Rule.LEDGER_BEFORE_SOLO)
        && to.get().solo()
        && !from.get().solo()
        && to.get().epoch() == from.get().epoch()) {
      Host writer = world.host(to.get().writer());
      if (writer.server.answers() && writer.disk.standing.activeIn(from.get().epoch())) {
        writer.disk.standing = writer.disk.standing.alone();
        writer.server.setSemiSync(false);
      }
    }
    return null;
  }

  // --- what is ordered in its name

  /** What a leader without the rule would order now. */
  List<Send> alsoOrdered(Decision decision, Map<String, AgentState> told) {
    Optional<Ledger> ledger = world.api.ledger();
    if (ledger.isEmpty() || !told.containsKey(ledger.get().writer())) {
      return List.of();
    }
    AgentState writer = told.get(ledger.get().writer());
    boolean unproven = decision.verdict() == Verdict.AWAITING_PROOF;
    if (without(Rule.RECHECK) && unproven) {
      return List.of(new Send(writer.host(), activate(ledger.get(), writer)));
    }
    if (without(Rule.SERVES) && unproven) {
      return List.of(new Send(writer.host(), mode(ledger.get(), writer)));
    }
    AgentState peer = told.get(world.host(writer.host()).other().name);
    if (without(Rule.JUDGED_LATER)
        && decision.verdict() == Verdict.FAILING_OVER
        && peer != null
        && peer.mysqld() instanceof Mysqld.Running running) {
      Order.Target target = target(ledger.get(), writer);
      return List.of(
          new Send(writer.host(), new Order.Start(target, Optional.of(running.executed()))));
    }
    return List.of();
  }

  private static Order activate(Ledger ledger, AgentState writer) {
    WriteMode mode = ledger.solo() ? WriteMode.SOLO : WriteMode.PAIRED;
    return new Order.Activate(
        target(ledger, writer),
        mode,
        true,
        List.of(World.VIP),
        otherMember(ledger),
        writer.clock());
  }

  private static Order mode(Ledger ledger, AgentState writer) {
    Order.Target target = target(ledger, writer);
    return ledger.solo()
        ? new Order.Solo(target)
        : new Order.Lease(target, true, otherMember(ledger));
  }

  private static String otherMember(Ledger ledger) {
    return ledger.inSync().entrySet().stream()
        .filter(e -> !e.getKey().equals(ledger.writer()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static Order.Target target(Ledger ledger, AgentState to) {
    return new Order.Target(
        World.UID,
        to.standing().serverUuid(),
        ledger.version(),
        ledger.epoch(),
        Duration.ofSeconds(3));
  }
}
