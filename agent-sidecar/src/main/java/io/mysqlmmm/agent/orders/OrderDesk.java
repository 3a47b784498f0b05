package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Activate;
import io.mysqlmmm.shared.agent.Order.Await;
import io.mysqlmmm.shared.agent.Order.Backup;
import io.mysqlmmm.shared.agent.Order.Clone;
import io.mysqlmmm.shared.agent.Order.Databases;
import io.mysqlmmm.shared.agent.Order.Hold;
import io.mysqlmmm.shared.agent.Order.Lease;
import io.mysqlmmm.shared.agent.Order.Mark;
import io.mysqlmmm.shared.agent.Order.Promise;
import io.mysqlmmm.shared.agent.Order.Release;
import io.mysqlmmm.shared.agent.Order.Replicate;
import io.mysqlmmm.shared.agent.Order.Roles;
import io.mysqlmmm.shared.agent.Order.Settings;
import io.mysqlmmm.shared.agent.Order.Solo;
import io.mysqlmmm.shared.agent.Order.Start;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders. Those that change the server run one at a time ({@link Actions}). Those that only
 * wait, or write rows and so may wait for the peer, run beside them: a PROMISE, a RELEASE, or the
 * SOLO that ends the waiting, must never queue behind one.
 */
public final class OrderDesk {
  private static final Logger log = LoggerFactory.getLogger(OrderDesk.class);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Host host;
  private final Board board;
  private final Actions actions;
  private final WriterOrders writer;
  private final ReplicationOrders replication;
  private final RowOrders rows;
  private final StartOrders starts;
  private final CloneOrders clones;
  private final BackupOrders backups;

  public OrderDesk(
      Host host,
      Board board,
      Actions actions,
      Fence fence,
      StartOrders starts,
      CloneOrders clones,
      BackupOrders backups) {
    this.host = host;
    this.board = board;
    this.actions = actions;
    this.writer = new WriterOrders(host, fence);
    this.replication = new ReplicationOrders(host);
    this.rows = new RowOrders(host);
    this.starts = starts;
    this.clones = clones;
    this.backups = backups;
  }

  /** Obeys within the order's budget, give or take a second when the server hangs. */
  public Answer execute(Order order) {
    Duration budget = order.target().budget();
    Deadline deadline =
        Deadline.in(budget.compareTo(LONGEST) > 0 ? LONGEST : budget, host.ticker());
    return switch (order) {
      case Await _, Mark _, Databases _, Settings _, Backup _ ->
          answer(order, attempt(order, deadline));
      case Promise _,
          Release _,
          Activate _,
          Solo _,
          Lease _,
          Replicate _,
          Start _,
          Clone _,
          Hold _,
          Roles _ ->
          alone(order, deadline);
    };
  }

  /** With what was observed before anything else could be done here. */
  private Answer alone(Order order, Deadline deadline) {
    boolean locked = false;
    try {
      locked = actions.lock().tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      return answer(
          order,
          locked
              ? attempt(order, deadline)
              : new Outcome.Failed("another order was under way for the whole budget"));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return answer(order, new Outcome.Failed("the agent is ending"));
    } finally {
      if (locked) {
        actions.lock().unlock();
      }
    }
  }

  private Answer answer(Order order, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> new Answer.Done(board.state());
      case Outcome.Refused(var why) -> {
        log.info("{} refused by {}: {}", name(order), why.rule(), why.reason());
        yield new Answer.Refused(why.rule(), why.reason(), board.state());
      }
      case Outcome.Failed(String reason) -> {
        log.warn("{} failed: {}", name(order), reason);
        Mysqld _ = host.mysql().observe();
        yield new Answer.Failed(reason, board.state());
      }
    };
  }

  private Outcome attempt(Order order, Deadline deadline) {
    try {
      return switch (order) {
        case Await await -> replication.await(await, deadline);
        case Mark mark -> rows.mark(mark, deadline);
        case Databases databases -> rows.databases(databases, deadline);
        case Promise promise -> replication.promise(promise, deadline);
        case Release release -> writer.release(release, deadline);
        case Activate activate -> writer.activate(activate, deadline);
        case Solo solo -> writer.solo(solo, deadline);
        case Lease lease -> writer.lease(lease, deadline);
        case Replicate replicate -> replication.replicate(replicate, deadline);
        case Start start -> starts.start(start, deadline);
        case Clone clone -> clones.begin(clone, deadline);
        case Hold hold -> replication.hold(hold, deadline);
        case Backup backup -> backups.begin(backup);
        case Roles roles -> roles(roles);
        case Settings settings -> settings(settings, deadline);
      };
    } catch (SQLException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Outcome.Failed("it cannot be written down: " + e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("the agent is ending");
    }
  }

  private Outcome roles(Roles order) throws IOException, SQLException, InterruptedException {
    return Obeying.obey(
        host.keeper(),
        order,
        kept -> kept.withRoles(order.readers(), order.managed()),
        () -> {
          var network = host.vips().reconcile();
          boolean due = host.duty().mayServeReads(board.state().mysqld());
          return !due || network.vips().containsAll(order.readers())
              ? Outcome.DONE
              : new Outcome.Failed("balanced IPs are not held: " + network.problem());
        });
  }

  /** Beside other orders: a setting may take its time, and nothing of a switch waits for it. */
  private Outcome settings(Settings order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    return Obeying.obey(
        host.keeper(),
        order,
        () ->
            host.mysql()
                .applySettings(order.settings(), deadline.left())
                .<Outcome>map(Outcome.Failed::new)
                .orElse(Outcome.DONE));
  }

  private static String name(Order order) {
    return order.getClass().getSimpleName()
        + " (version "
        + order.target().version()
        + ", epoch "
        + order.target().epoch()
        + ")";
  }
}
