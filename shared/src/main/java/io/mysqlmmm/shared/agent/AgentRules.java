package io.mysqlmmm.shared.agent;

import io.mysqlmmm.shared.agent.Order.Activate;
import io.mysqlmmm.shared.agent.Order.Lease;
import io.mysqlmmm.shared.agent.Order.Promise;
import io.mysqlmmm.shared.agent.Order.Release;
import io.mysqlmmm.shared.agent.Order.Replicate;
import io.mysqlmmm.shared.agent.Order.Solo;
import io.mysqlmmm.shared.agent.Order.Start;
import io.mysqlmmm.shared.agent.Order.Target;

/**
 * Whether an agent obeys an order, and what it must have written down before it does. Pure. The
 * numbers are those of the safety protocol (docs/clustering.md).
 */
public final class AgentRules {
  private AgentRules() {}

  /** What the rules say of one order. */
  public sealed interface Ruling {
    /** Obey, once {@code next} is on disk. */
    record Obey(Standing next) implements Ruling {}

    /** Do nothing; answer with the rule and the reason. */
    record Refuse(String rule, String reason) implements Ruling {}
  }

  /**
   * Rules on {@code order} for an agent of {@code resourceUid} whose data set is {@code
   * standing.serverUuid()}.
   */
  public static Ruling rule(Standing standing, String resourceUid, Order order) {
    Target target = order.target();
    if (!target.resourceUid().equals(resourceUid)) {
      return refuse("S8", "the order is for resource " + target.resourceUid());
    }
    if (standing.serverUuid().isEmpty() || !target.serverUuid().equals(standing.serverUuid())) {
      return refuse(
          "S8",
          "the order is for data set '%s', this is '%s'"
              .formatted(target.serverUuid(), standing.serverUuid()));
    }
    if (target.version() < standing.versionSeen()) {
      return refuse(
          "S8",
          "the order rests on ledger version %d, version %d was seen"
              .formatted(target.version(), standing.versionSeen()));
    }
    return ruleByKind(standing.seen(target.version()), order);
  }

  private static Ruling ruleByKind(Standing standing, Order order) {
    long epoch = order.target().epoch();
    if (standing.cloneGuard().replacing() && needsData(order)) {
      return refuse("S21", "a clone over this data set was begun and is not complete");
    }
    return switch (order) {
      case Promise _ -> obey(standing.promising(epoch));
      case Release _ ->
          standing.mayWrite() && standing.activeEpoch() > epoch
              ? refuse("S8", "active at epoch " + standing.activeEpoch())
              : obey(standing.releasing(epoch));
      case Activate activate -> ruleActivate(standing, activate);
      case Solo solo -> ruleSolo(standing, solo);
      case Lease lease -> ruleLease(standing, lease);
      case Replicate _ ->
          epoch <= standing.promised()
              ? refuse("S20", "promised to follow no writer up to epoch " + standing.promised())
              : obey(standing.voting(epoch));
      case Order.Mark _ ->
          standing.activeIn(epoch) ? obey(standing) : refuse("S5", notActive(standing, epoch));
      case Order.Databases _ ->
          standing.activeIn(epoch) ? obey(standing) : refuse("S5", notActive(standing, epoch));
      case Order.Start start -> ruleStart(standing, start);
      case Order.Clone clone -> ruleClone(standing, clone);
      case Order.Await _, Order.Hold _, Order.Roles _, Order.Settings _, Order.Backup _ ->
          obey(standing);
    };
  }

  private static Ruling ruleActivate(Standing standing, Activate order) {
    long epoch = order.target().epoch();
    if (order.mode() == WriteMode.NONE) {
      return refuse("S5", "ACTIVATE names no way to write");
    }
    if (epoch <= standing.released()) {
      return refuse("S13", "released up to epoch " + standing.released());
    }
    if (epoch < standing.activeEpoch()) {
      return refuse("S8", "already activated at epoch " + standing.activeEpoch());
    }
    if (order.mode() == WriteMode.SOLO && order.target().version() <= standing.leaseVersion()) {
      return refuse("S3", "a lease was confirmed at version " + standing.leaseVersion());
    }
    boolean waits = order.mode() == WriteMode.PAIRED && order.lossless();
    return obey(standing.active(epoch, order.mode(), order.pairedWith(), waits));
  }

  private static Ruling ruleSolo(Standing standing, Solo order) {
    if (!standing.activeIn(order.target().epoch())) {
      return refuse("S5", notActive(standing, order.target().epoch()));
    }
    if (order.target().version() <= standing.leaseVersion()) {
      return refuse("S3", "a lease was confirmed at version " + standing.leaseVersion());
    }
    return obey(standing.alone());
  }

  private static Ruling ruleLease(Standing standing, Lease order) {
    return standing.activeIn(order.target().epoch())
        ? obey(standing.leased(order.target().version(), order.pairedWith(), order.lossless()))
        : refuse("S5", notActive(standing, order.target().epoch()));
  }

  /** S18. What becomes of the mark that nobody has judged it follows from the effect. */
  private static Ruling ruleStart(Standing standing, Start order) {
    if (order.keep().isEmpty()) {
      return obey(standing);
    }
    if (standing.mayWrite()) {
      return refuse("S18", "nothing is cut from a host that has not released");
    }
    return order.target().epoch() <= standing.activeEpoch()
        ? refuse("S18", "no writer has taken over since epoch %d".formatted(standing.activeEpoch()))
        : obey(standing);
  }

  /** Whether an order makes use of what the data set holds. */
  private static boolean needsData(Order order) {
    return switch (order) {
      case Activate _,
          Solo _,
          Lease _,
          Replicate _,
          Order.Mark _,
          Order.Await _,
          Order.Databases _,
          Order.Settings _,
          Order.Backup _ ->
          true;
      case Promise _, Release _, Start _, Order.Hold _, Order.Roles _, Order.Clone _ -> false;
    };
  }

  /** S21. A data set is given up only where no other host can come to rest on it. */
  private static Ruling ruleClone(Standing standing, Order.Clone order) {
    Target target = order.target();
    if (standing.mayWrite()) {
      return refuse("S21", "it may write, and nothing is cloned over a writer");
    }
    if (standing.unjudged()) {
      return refuse("S21", "which of its last transactions hold was not judged yet");
    }
    if (target.epoch() <= standing.promised()) {
      return refuse(
          "S21",
          "it promised to follow no writer up to epoch %d, and may be taking over"
              .formatted(standing.promised()));
    }
    return target.version() <= standing.cloneGuard().followed()
        ? refuse(
            "S21",
            "it was told to replicate at ledger version %d, and may be in sync since"
                .formatted(standing.cloneGuard().followed()))
        : obey(standing.replacing(true));
  }

  private static String notActive(Standing standing, long epoch) {
    return "not active in epoch %d (active %d, released %d, mode %s)"
        .formatted(epoch, standing.activeEpoch(), standing.released(), standing.mode());
  }

  private static Ruling obey(Standing next) {
    return new Ruling.Obey(next);
  }

  private static Ruling refuse(String rule, String reason) {
    return new Ruling.Refuse(rule, reason);
  }
}
