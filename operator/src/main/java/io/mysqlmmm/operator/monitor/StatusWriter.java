package io.mysqlmmm.operator.monitor;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.core.Decision;
import io.mysqlmmm.operator.core.RollingStep;
import io.mysqlmmm.operator.core.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the status, always by compare-and-set on the newest version that the loop knows. What
 * people look at is written at once when it changes in kind (in a switch, {@link MonitorLoop} does
 * not ask for it), within a second when only the verdict's words did, and every ten seconds when
 * only figures moved.
 */
final class StatusWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final Duration FIGURES = Duration.ofSeconds(10);
  private static final Duration WORDS = Duration.ofSeconds(1);
  private static final MySQLMultiMasterStatus EMPTY =
      new MySQLMultiMasterStatus(null, null, null, null, null, null, null, null);

  /** For how long an answer of the API server tells that its next one can be expected. */
  private static final Duration FRESH = Duration.ofMillis(300);

  private final StatusStore store;
  private final Ticker ticker;
  private final World world;
  private Duration lastProjection = FIGURES.negated();
  private Duration answered = FRESH.negated();
  private @Nullable Duration releaseAsked;
  private @Nullable Duration lastPause;

  StatusWriter(StatusStore store, Ticker ticker, World world) {
    this.store = store;
    this.ticker = ticker;
    this.world = world;
  }

  /** Whether the edited status was written, as far as is known. */
  boolean write(UnaryOperator<MySQLMultiMasterStatus> edit) {
    MySQLMultiMaster read = world.resource();
    MySQLMultiMasterStatus now = read.getStatus() == null ? EMPTY : read.getStatus();
    return switch (store.write(read, edit.apply(now))) {
      case StatusStore.Outcome.Written(var written) -> {
        answered = ticker.now();
        world.settled();
        world.resource(written, ticker.now(), ticker.wall());
        yield true;
      }
      case StatusStore.Outcome.Conflict() -> {
        LOG.info("the resource was changed meanwhile; reading it again");
        yield false;
      }
      case StatusStore.Outcome.Unknown(var cause) -> {
        LOG.warn("status write: outcome not known: {}", cause);
        yield false;
      }
    };
  }

  /**
   * A fresh read of the resource; whether the API server answered with it. Another of its name,
   * made after this one's finalizer was removed by hand, has a ledger and a loop of its own.
   */
  boolean refresh() {
    ObjectMeta known = world.resource().getMetadata();
    Optional<MySQLMultiMaster> read =
        store
            .read(known.getNamespace(), known.getName())
            .filter(r -> r.getMetadata().getUid().equals(known.getUid()));
    read.ifPresent(
        r -> {
          answered = ticker.now();
          world.resource(r, answered, ticker.wall());
        });
    return read.isPresent();
  }

  /** Whether the API server has answered a moment ago. */
  boolean answers() {
    return ticker.now().minus(answered).compareTo(FRESH) < 0;
  }

  /** Brings what people look at up to date. */
  void project(
      Optional<Snapshot> seen,
      Optional<Decision> decision,
      List<Finding> findings,
      Optional<RollingStep> rolling) {
    MySQLMultiMaster resource = world.resource();
    MySQLMultiMasterStatus before = resource.getStatus() == null ? EMPTY : resource.getStatus();
    MySQLMultiMasterStatus after =
        StatusProjection.project(
            resource,
            before,
            seen,
            decision,
            findings,
            world.plan(ticker.wall()),
            rolling,
            ticker.wall());
    Duration now = ticker.now();
    if (after.equals(before) || now.minus(lastProjection).compareTo(urgency(before, after)) < 0) {
      return;
    }
    lastProjection = now;
    if (!write(_ -> after)) {
      boolean _ = refresh();
      return;
    }
    HostEvents.between(before, after)
        .forEach(told -> event(told.warning(), told.reason(), told.message()));
  }

  /** How long after the last one a projection may wait. */
  private static Duration urgency(MySQLMultiMasterStatus before, MySQLMultiMasterStatus after) {
    if (!StatusProjection.inKind(after).equals(StatusProjection.inKind(before))) {
      return Duration.ZERO;
    }
    return Objects.equals(after.verdict(), before.verdict()) ? FIGURES : WORDS;
  }

  void event(boolean warning, String reason, String message) {
    store.event(world.resource(), warning, reason, message);
  }

  /** A writer is being asked to release: writes pause from here. */
  void releasing(Duration now) {
    if (releaseAsked == null) {
      releaseAsked = now;
    }
  }

  /** A writer serves: the pause, if there was one, is over. */
  void served(Duration now) {
    lastPause = releaseAsked == null ? null : now.minus(releaseAsked);
    releaseAsked = null;
  }

  /** The last pause between a release and an activation. */
  Optional<Duration> pause() {
    return Optional.ofNullable(lastPause);
  }
}
