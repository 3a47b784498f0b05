package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.operator.core.BackupRequest;
import io.mysqlmmm.operator.core.Clones;
import io.mysqlmmm.operator.core.Command.EndBackup;
import io.mysqlmmm.operator.core.Command.EndClone;
import io.mysqlmmm.operator.core.Mark;
import io.mysqlmmm.operator.core.Reading;
import io.mysqlmmm.shared.agent.AgentState.Cut;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.ledger.Ledger;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an order's answer means: for what is known, for the move under way, and for people. */
final class OrderOutcomes {
  private static final Logger LOG = LoggerFactory.getLogger(OrderOutcomes.class);

  private final World world;
  private final StatusWriter status;
  private final Ticker ticker;
  private final Refusals refusals;

  OrderOutcomes(World world, StatusWriter status, Ticker ticker, Refusals refusals) {
    this.world = world;
    this.status = status;
    this.ticker = ticker;
    this.refusals = refusals;
  }

  void take(Event.OrderAnswered event) {
    Order order = event.order();
    world.heard(event.answer().observed(), ticker.now());
    switch (event.answer()) {
      case Answer.Done done -> {
        LOG.info("{} to {}: done", name(order), event.host());
        confirmed(event.host(), order, done);
      }
      case Answer.Refused(var rule, var reason, var _) -> {
        LOG.warn("{} to {}: refused by {}: {}", name(order), event.host(), rule, reason);
        // S8: somebody was faster; the next decision rests on what is true now.
        if (!rule.equals("S8")) {
          failMove(event.host(), order, "%s refused: %s".formatted(event.host(), reason));
          failClone(event.host(), order, reason);
          failBackup(event.host(), order, reason);
        }
      }
      case Answer.Failed(var reason, var _) -> {
        LOG.warn("{} to {}: failed: {}", name(order), event.host(), reason);
        failMove(event.host(), order, "%s: %s".formatted(event.host(), reason));
        failClone(event.host(), order, reason);
        failBackup(event.host(), order, reason);
      }
    }
  }

  private void confirmed(String host, Order order, Answer.Done done) {
    switch (order) {
      case Order.Start _ -> done.observed().cut().ifPresent(cut -> tell(host, cut));
      case Order.Mark mark -> rememberMark(mark, done);
      case Order.Databases databases -> world.databasesDone(databases.databases());
      case Order.Release _,
          Order.Activate _,
          Order.Promise _,
          Order.Await _,
          Order.Solo _,
          Order.Lease _,
          Order.Replicate _,
          Order.Clone _,
          Order.Hold _,
          Order.Backup _,
          Order.Roles _,
          Order.Settings _ -> {}
    }
  }

  /** Nothing is thrown away unseen (S18). */
  private void tell(String host, Cut cut) {
    if (cut.refusal().isEmpty()) {
      status.event(
          false,
          "BinlogCut",
          "%s: transactions that nobody acknowledged were cut off its binlog: %s; kept in %s beside its data"
              .formatted(host, cut.gtids(), cut.file()));
    } else {
      status.event(
          true,
          "BinlogNotCut",
          "%s: transactions that nobody acknowledged stay in its binlog: %s; %s"
              .formatted(host, cut.gtids(), cut.refusal()));
    }
  }

  private void rememberMark(Order.Mark mark, Answer.Done done) {
    Optional<Ledger> ledger = world.ledger();
    Standing standing = done.observed().standing();
    if (ledger.isEmpty()
        || world.topology().isEmpty()
        || !(done.observed().mysqld() instanceof Mysqld.Running running)) {
      return;
    }
    String peer = world.topology().get().peerOf(ledger.get().writer()).name();
    world
        .agent(peer)
        .flatMap(Reading::known)
        .ifPresent(
            p ->
                world.mark(
                    new Mark(
                        mark.target().serverUuid(),
                        p.standing().serverUuid(),
                        mark.target().epoch(),
                        mark.target().version(),
                        standing.leaseVersion(),
                        running.executed())));
  }

  /** An order in the path of a move that failed undoes it; others are tried again. */
  private void failMove(String host, Order order, String why) {
    long epoch = world.ledger().map(Ledger::epoch).orElse(0L);
    world.move(world.move().map(m -> m.steps(host, order, epoch) ? m.failed(why) : m));
  }

  /** A clone that was not begun is tried again later; a person's request for one is over. */
  private void failClone(String host, Order order, String reason) {
    if (!(order instanceof Order.Clone clone)) {
      return;
    }
    String why = reason.lines().findFirst().orElse("no reason given");
    world.cloneTrouble(host, why, ticker.now());
    if (!clone.requestedAt().isEmpty()) {
      boolean _ =
          refusals.end(
              new EndClone(
                  host, new Clones.Request(clone.donor().host(), clone.requestedAt()), why));
    }
  }

  private void failBackup(String host, Order order, String reason) {
    if (order instanceof Order.Backup backup) {
      BackupRequest request = new BackupRequest(backup.name(), backup.requestedAt());
      boolean _ = refusals.end(new EndBackup(host, request, reason));
    }
  }

  /** For people. */
  static String name(Order order) {
    return order.getClass().getSimpleName();
  }
}
