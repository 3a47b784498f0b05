package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.agent.process.MysqldProcess;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Standing;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps mysqld as the standing wants it, by level, not by event: looked at with each observation,
 * on a thread of its own. It acts only while no order does.
 *
 * <ol>
 *   <li>Writable and not allowed to be: super_read_only, at once (a clone that drops the old data
 *       needs it off, with read_only on, for that long); when that is not to be had for 10 s,
 *       because sessions wait for the peer, SIGKILL (S19): nothing else is safe then.
 *   <li>A writer that is read-only, as after a restart or when its lease is back: semi-sync as it
 *       must be, writable (S10, S11).
 *   <li>A writer whose commits do not wait for the peer although they must, or the reverse.
 *   <li>Read-only and not a writer, semi-sync source still on: off. It takes a second, which is why
 *       it is kept off the path of a switch and its abort, to when another is known to write, or
 *       nothing was ordered for 5 s; unless somebody waits, as then it is the applier, for an
 *       acknowledgement that nobody owes it (seen: the new writer does not follow us yet). No
 *       client can be waiting: super_read_only comes back after the last of them.
 * </ol>
 */
public final class Guard implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Guard.class);
  private static final Duration READ_ONLY = Duration.ofMillis(700);
  private static final Duration CHANGE = Duration.ofMillis(500);
  private static final Duration SEMI_SYNC_OFF = Duration.ofSeconds(3);

  /** An abort of a move, which lets the host write again, has come by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** After the last order that changed the standing: a move, and its abort, are over by then. */
  private static final Duration CALM = Duration.ofSeconds(5);

  private enum Task {
    READ_ONLY("writable without the right to write: super_read_only is set"),
    RESUME("the writer goes on: its mysqld was restarted, or its lease is back"),
    SEMI_SYNC("semi-sync is not as the standing wants it"),
    RETIRE("semi-sync source off on a host that is no writer any more");

    private final String text;

    Task(String text) {
      this.text = text;
    }
  }

  private final Host host;
  private final Actions actions;
  private final MysqldProcess process;
  private final BooleanSupplier open;
  private final SynchronousQueue<Task> looks = new SynchronousQueue<>();
  private volatile boolean closed;
  private volatile Optional<Deadline> patience = Optional.empty();
  private volatile Standing standing = Standing.initial();
  private volatile long standingSince;
  private String complaint = "";

  /**
   * @param open whether something that the agent itself does needs mysqld without super_read_only
   */
  public Guard(Host host, Actions actions, MysqldProcess process, BooleanSupplier open) {
    this.host = host;
    this.actions = actions;
    this.process = process;
    this.open = open;
  }

  /** Starts the thread. */
  public void start() {
    Thread _ = Thread.ofPlatform().daemon().name("guard").start(this::loop);
  }

  /** Something was seen. Returns at once; nothing happens while the guard is at work. */
  public void seen(Mysqld mysqld) {
    if (!host.keeper().standing().equals(standing)) {
      standing = host.keeper().standing();
      standingSince = host.ticker().nanos();
    }
    Optional<Task> task = mysqld instanceof Running running ? due(running) : Optional.<Task>empty();
    if (!task.equals(Optional.of(Task.READ_ONLY))) {
      patience = Optional.empty();
    }
    if (task.isPresent()) {
      boolean _ = looks.offer(task.get());
    }
  }

  private void loop() {
    while (!closed) {
      try {
        Task _ = looks.take();
        act();
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.error("the guard failed; trying again", e);
      }
    }
  }

  private void act() throws InterruptedException {
    if (!actions.lock().tryLock(0, TimeUnit.SECONDS)) {
      return;
    }
    try {
      if (host.mysql().observe() instanceof Running running) {
        Optional<Task> task = due(running);
        losePatience(task);
        if (task.isPresent()) {
          perform(task.get(), running);
        }
      }
    } finally {
      actions.lock().unlock();
    }
  }

  private void losePatience(Optional<Task> task) {
    if (!task.equals(Optional.of(Task.READ_ONLY))) {
      patience = Optional.empty();
    } else if (patience.isEmpty()) {
      patience = Optional.of(Deadline.in(PATIENCE, host.ticker()));
    } else if (patience.get().over()) {
      log.error("super_read_only cannot be had: {}", host.mysql().blockers());
      patience = Optional.empty();
      process.find().ifPresent(process::kill);
    }
  }

  private Optional<Task> due(Running running) {
    boolean mayWrite = host.duty().mayWrite(running);
    if (!mayWrite && !running.superReadOnly() && !open.getAsBoolean()) {
      return Optional.of(Task.READ_ONLY);
    }
    if (running.superReadOnly() && mayWrite) {
      return Optional.of(Task.RESUME);
    }
    if (mayWrite
        && !running.superReadOnly()
        && running.semiSync().source() != host.duty().waitsForPeer()) {
      return Optional.of(Task.SEMI_SYNC);
    }
    return mayRetire(running) ? Optional.of(Task.RETIRE) : Optional.empty();
  }

  private boolean mayRetire(Running running) {
    boolean calm = host.ticker().nanos() - standingSince >= CALM.toNanos();
    return !host.keeper().standing().mayWrite()
        && running.superReadOnly()
        && running.semiSync().source()
        && (calm || host.duty().followsNewer() || running.semiSync().waitingSessions() > 0);
  }

  private void perform(Task task, Running running) {
    try {
      switch (task) {
        case READ_ONLY -> host.mysql().setReadOnly(READ_ONLY);
        case RESUME -> {
          if (running.semiSync().source() != host.duty().waitsForPeer()) {
            host.mysql().setSemiSyncSource(host.duty().waitsForPeer(), SEMI_SYNC_OFF);
          }
          host.leaseFile().tell();
          host.mysql().setWritable(CHANGE);
        }
        case SEMI_SYNC -> host.mysql().setSemiSyncSource(host.duty().waitsForPeer(), SEMI_SYNC_OFF);
        case RETIRE -> host.mysql().setSemiSyncSource(false, SEMI_SYNC_OFF);
      }
      if (task == Task.READ_ONLY) {
        log.warn("{}", task.text);
      } else {
        log.info("{}", task.text);
      }
      complaint = "";
      if (host.mysql().observe() instanceof Running) {
        var _ = host.vips().reconcile();
      }
    } catch (SQLException | IOException e) {
      String trouble = task.text + ": " + e.getMessage();
      if (!trouble.equals(complaint)) {
        complaint = trouble;
        log.warn("failed and is tried again: {}", trouble);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
