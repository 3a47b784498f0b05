package io.mysqlmmm.agent.standing;

import io.mysqlmmm.shared.agent.AgentRules;
import io.mysqlmmm.shared.agent.AgentRules.Ruling;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Standing;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standing in memory, never ahead of the one on disk: every change is stored first and becomes
 * visible after. Thread-safe.
 */
public final class Keeper {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);
  private final KeptFile file;
  private final String resourceUid;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Kept kept;
  private volatile Consumer<Standing> listener = s -> {};

  private Keeper(KeptFile file, String resourceUid, Kept kept) {
    this.file = file;
    this.resourceUid = resourceUid;
    this.kept = kept;
  }

  /**
   * Takes up what an earlier process left, as one more start (S7).
   *
   * @param onDisk server_uuid in the data directory; empty when there is none
   */
  public static Keeper open(KeptFile file, String resourceUid, Optional<String> onDisk)
      throws IOException {
    Optional<Kept> before = file.load();
    Kept taken = before.orElse(Kept.initial());
    String uuid = onDisk.orElse(taken.standing().serverUuid());
    Kept now =
        uuid.equals(taken.standing().serverUuid())
            ? taken.with(taken.standing().started())
            : taken.ofDataSet(uuid);
    file.store(now);
    log.info("{}: {}", before.isPresent() ? "standing taken up" : "no standing yet", now);
    return new Keeper(file, resourceUid, now);
  }

  /** Called with each new standing, after it is on disk. */
  public void onChange(Consumer<Standing> told) {
    listener = told;
    told.accept(standing());
  }

  public Kept kept() {
    return kept;
  }

  public Standing standing() {
    return kept.standing();
  }

  /** Rules on the order; when it is to be obeyed, the standing it leads to is on disk. */
  public Ruling obey(Order order) throws IOException {
    return obey(order, UnaryOperator.identity());
  }

  /** As {@link #obey(Order)}; {@code also} changes what else is kept, in the same write. */
  public Ruling obey(Order order, UnaryOperator<Kept> also) throws IOException {
    lock.lock();
    try {
      Ruling ruling = rule(order);
      if (ruling instanceof Ruling.Obey obey) {
        store(also.apply(kept.with(obey.next())));
      }
      return ruling;
    } finally {
      lock.unlock();
    }
  }

  /** The ruling alone. */
  public Ruling rule(Order order) {
    return AgentRules.rule(kept.standing(), resourceUid, order);
  }

  /** Changes the standing, durably. */
  public void change(UnaryOperator<Standing> next) throws IOException {
    lock.lock();
    try {
      store(kept.with(next.apply(kept.standing())));
    } finally {
      lock.unlock();
    }
  }

  /**
   * No balanced IP is due here any more, until it is ordered again: by then another host may hold
   * it.
   */
  public void forgetReaders() throws IOException {
    lock.lock();
    try {
      store(kept.withRoles(List.of(), kept.managed()));
    } finally {
      lock.unlock();
    }
  }

  /** The server beside us has this uuid: if it is another than before, it is a new data set. */
  public void adopt(String serverUuid) throws IOException {
    lock.lock();
    try {
      if (!serverUuid.equals(kept.standing().serverUuid())) {
        log.warn(
            "a new data set: server_uuid '{}', before it was '{}'; nothing promised for that holds",
            serverUuid,
            kept.standing().serverUuid());
        store(kept.ofDataSet(serverUuid));
      }
    } finally {
      lock.unlock();
    }
  }

  private void store(Kept next) throws IOException {
    if (next.equals(kept)) {
      return;
    }
    file.store(next);
    boolean standingChanged = !next.standing().equals(kept.standing());
    kept = next;
    if (standingChanged) {
      log.info("{}", next.standing());
      listener.accept(next.standing());
    }
  }
}
