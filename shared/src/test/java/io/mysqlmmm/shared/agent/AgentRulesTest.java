package io.mysqlmmm.shared.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.AgentRules.Ruling;
import io.mysqlmmm.shared.agent.Order.Target;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AgentRulesTest {
  private static final String UID = "uid";
  private static final String UUID = "uuid";
  private static final String PEER = "peer-uuid";

  /** Version 10 seen; active at 5, promised 4, released 3, lease confirmed at version 8. */
  private static final Standing WRITER =
      new Standing(UUID, 10, 5, 4, 3, WriteMode.PAIRED, 8, PEER, 0, 1, true);

  private static final Standing SOLO =
      new Standing(UUID, 10, 5, 4, 3, WriteMode.SOLO, 8, "", 0, 1, false);

  /** Was active at 5, released it, and promised 5. */
  private static final Standing STANDBY =
      new Standing(UUID, 10, 5, 5, 5, WriteMode.NONE, 8, "", 0, 1, true);

  /** Released 5, judged, told to replicate at version 10. */
  private static final Standing FOLLOWER = STANDBY.judged(UUID).voting(6);

  private static final Standing HALF = FOLLOWER.replacing(true);

  private static Order clone(long version, long epoch) {
    return new Order.Clone(
        at(version, epoch), new Order.Source("h", "a", 1, "u"), "9.7.4", 1, 0, 0, "");
  }

  private static final Standing FRESH = Standing.initial().of(UUID);

  private static Target at(long version, long epoch) {
    return new Target(UID, UUID, version, epoch, Duration.ofSeconds(1));
  }

  private static Order activate(long version, long epoch, WriteMode mode) {
    return new Order.Activate(
        at(version, epoch),
        mode,
        true,
        List.of(),
        mode == WriteMode.PAIRED ? PEER : "",
        BootTime.NEVER);
  }

  private static Order replicate(long version, long epoch) {
    return new Order.Replicate(at(version, epoch), new Order.Source("h", "a", 1, "u"));
  }

  private static Order start(long epoch, boolean cut) {
    return new Order.Start(at(10, epoch), cut ? Optional.of(GtidSet.empty()) : Optional.empty());
  }

  static List<Arguments> obeyed() {
    return List.of(
        Arguments.of("promise", WRITER, new Order.Promise(at(10, 5)), WRITER.promising(5)),
        Arguments.of("promise again", STANDBY, new Order.Promise(at(10, 4)), STANDBY),
        Arguments.of(
            "promise raises the version",
            WRITER,
            new Order.Promise(at(12, 5)),
            WRITER.promising(5).seen(12)),
        Arguments.of("release", WRITER, new Order.Release(at(10, 5), false), WRITER.releasing(5)),
        Arguments.of("release twice", STANDBY, new Order.Release(at(10, 5), false), STANDBY),
        Arguments.of(
            "release ahead", WRITER, new Order.Release(at(10, 6), false), WRITER.releasing(6)),
        Arguments.of(
            "first activation",
            FRESH,
            activate(1, 1, WriteMode.SOLO),
            FRESH.seen(1).active(1, WriteMode.SOLO, "", false)),
        Arguments.of(
            "activation at the next epoch raises the promise",
            STANDBY,
            activate(11, 7, WriteMode.PAIRED),
            new Standing(UUID, 11, 7, 6, 5, WriteMode.PAIRED, 8, PEER, 0, 1, true)),
        Arguments.of(
            "clone over one that was told to replicate before",
            FOLLOWER,
            clone(11, 6),
            FOLLOWER.seen(11).replacing(true)),
        Arguments.of(
            "clone again over one that is not complete",
            FOLLOWER.replacing(true),
            clone(11, 6),
            FOLLOWER.seen(11).replacing(true)),
        Arguments.of(
            "release of one that is not complete",
            FOLLOWER.replacing(true),
            new Order.Release(at(10, 5), true),
            FOLLOWER.replacing(true)),
        Arguments.of("activation again", WRITER, activate(10, 5, WriteMode.PAIRED), WRITER),
        Arguments.of("solo", WRITER, new Order.Solo(at(10, 5)), WRITER.alone()),
        Arguments.of(
            "lease",
            SOLO,
            new Order.Lease(at(11, 5), true, PEER),
            SOLO.seen(11).leased(11, PEER, true)),
        Arguments.of("replicate from a newer writer", STANDBY, replicate(10, 6), STANDBY.voting(6)),
        Arguments.of("writer follows its peer", WRITER, replicate(10, 5), WRITER.voting(5)),
        Arguments.of("mark", WRITER, new Order.Mark(at(10, 5)), WRITER),
        Arguments.of("databases", WRITER, new Order.Databases(at(10, 5), List.of()), WRITER),
        Arguments.of("await", STANDBY, new Order.Await(at(10, 5), GtidSet.empty()), STANDBY),
        Arguments.of("start as it is", WRITER, start(5, false), WRITER),
        Arguments.of("start of one that was replaced", STANDBY, start(6, true), STANDBY),
        Arguments.of("hold", STANDBY, new Order.Hold(at(10, 5)), STANDBY),
        Arguments.of("roles", FRESH, new Order.Roles(at(0, 0), List.of(), List.of()), FRESH));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("obeyed")
  void obeysWithThisStanding(String name, Standing standing, Order order, Standing next) {
    assertThat(AgentRules.rule(standing, UID, order)).isEqualTo(new Ruling.Obey(next));
  }

  static List<Arguments> refused() {
    return List.of(
        Arguments.of(
            "release of an older epoch", WRITER, new Order.Release(at(10, 4), false), "S8"),
        Arguments.of("activation of nothing", STANDBY, activate(11, 6, WriteMode.NONE), "S5"),
        Arguments.of("clone over a writer", WRITER, clone(11, 6), "S21"),
        Arguments.of("clone over an unjudged host", STANDBY, clone(11, 6), "S21"),
        Arguments.of("clone over one that promised", FOLLOWER.promising(6), clone(11, 6), "S21"),
        Arguments.of("clone up to the version of a REPLICATE", FOLLOWER, clone(10, 6), "S21"),
        Arguments.of("half a clone follows nobody", HALF, replicate(11, 6), "S21"),
        Arguments.of("half a clone writes not", HALF, activate(11, 7, WriteMode.SOLO), "S21"),
        Arguments.of("released epoch", STANDBY, activate(11, 5, WriteMode.PAIRED), "S13"),
        Arguments.of("older epoch", WRITER, activate(11, 4, WriteMode.PAIRED), "S8"),
        Arguments.of(
            "solo at a version with a lease", WRITER, activate(8, 6, WriteMode.SOLO), "S8"),
        Arguments.of("solo when not active", STANDBY, new Order.Solo(at(11, 5)), "S5"),
        Arguments.of("solo in another epoch", WRITER, new Order.Solo(at(11, 6)), "S5"),
        Arguments.of(
            "lease when not active", STANDBY, new Order.Lease(at(11, 5), true, PEER), "S5"),
        Arguments.of("a cut before the release", WRITER, start(6, true), "S18"),
        Arguments.of("a cut before another writer", STANDBY, start(5, true), "S18"),
        Arguments.of("promised epoch", STANDBY, replicate(11, 5), "S20"),
        Arguments.of("mark when not active", STANDBY, new Order.Mark(at(11, 5)), "S5"),
        Arguments.of(
            "databases when not active", STANDBY, new Order.Databases(at(11, 5), List.of()), "S5"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refuses(String name, Standing standing, Order order, String rule) {
    assertThat(AgentRules.rule(standing, UID, order))
        .isInstanceOfSatisfying(
            Ruling.Refuse.class, refuse -> assertThat(refuse.rule()).isEqualTo(rule));
  }

  @Test
  void whatWasWrittenWhileThePeerWasWaitedForIsUnjudgedUntilSomebodySaysMore() {
    Standing paired = SOLO.leased(11, PEER, true);

    assertThat(SOLO.active(6, WriteMode.PAIRED, PEER, true).unjudged()).isTrue();
    assertThat(paired.unjudged()).isTrue();
    assertThat(paired.voting(5).unjudged()).as("the ring is closed").isTrue();
    assertThat(paired.releasing(5).unjudged()).isTrue();
    assertThat(paired.started().unjudged()).isTrue();
    assertThat(paired.releasing(5).voting(6).unjudged()).as("it follows").isFalse();
    assertThat(paired.alone().unjudged()).as("all it wrote counts").isFalse();
    assertThat(paired.active(6, WriteMode.SOLO, "", false).unjudged()).isFalse();
    assertThat(paired.releasing(5).judged("other"))
        .isEqualTo(new Standing("other", 10, 5, 4, 5, WriteMode.NONE, 11, "", 0, 1, false));
  }

  @Test
  void refusesSoloUpToTheLeaseVersion() {
    Standing leased = WRITER.seen(12).leased(12, PEER, true);

    assertThat(AgentRules.rule(leased, UID, new Order.Solo(at(12, 5))))
        .isInstanceOfSatisfying(
            Ruling.Refuse.class, refuse -> assertThat(refuse.rule()).isEqualTo("S3"));
    assertThat(AgentRules.rule(leased, UID, activate(12, 6, WriteMode.SOLO)))
        .isInstanceOfSatisfying(
            Ruling.Refuse.class, refuse -> assertThat(refuse.rule()).isEqualTo("S3"));
    assertThat(AgentRules.rule(leased, UID, new Order.Solo(at(13, 5))))
        .isInstanceOf(Ruling.Obey.class);
  }

  static List<Order> everyOrder(Target target) {
    return List.of(
        new Order.Promise(target),
        new Order.Release(target, false),
        new Order.Await(target, GtidSet.empty()),
        new Order.Activate(target, WriteMode.PAIRED, true, List.of(), PEER, BootTime.NEVER),
        new Order.Solo(target),
        new Order.Lease(target, true, PEER),
        new Order.Mark(target),
        new Order.Replicate(target, new Order.Source("h", "a", 1, "u")),
        new Order.Start(target, Optional.empty()),
        new Order.Clone(target, new Order.Source("h", "a", 1, "u"), "9.7.4", 1, 0, 0, ""),
        new Order.Hold(target),
        new Order.Backup(target, "monday", "at"),
        new Order.Roles(target, List.of(), List.of()),
        new Order.Settings(target, List.of()),
        new Order.Databases(target, List.of()));
  }

  @Test
  void refusesEveryOrderThatIsForAnotherOrOlderThanSeen() {
    Duration budget = Duration.ofSeconds(1);
    List<Order> orders = new ArrayList<>();
    orders.addAll(everyOrder(new Target("other", UUID, 10, 5, budget)));
    orders.addAll(everyOrder(new Target(UID, "other", 10, 5, budget)));
    orders.addAll(everyOrder(new Target(UID, "", 10, 5, budget)));
    orders.addAll(everyOrder(new Target(UID, UUID, 9, 5, budget)));

    assertThat(orders)
        .allSatisfy(
            order ->
                assertThat(AgentRules.rule(WRITER, UID, order))
                    .isInstanceOfSatisfying(
                        Ruling.Refuse.class, refuse -> assertThat(refuse.rule()).isEqualTo("S8")));
  }

  @Test
  void refusesEveryOrderBeforeItsDataSetIsKnown() {
    assertThat(everyOrder(new Target(UID, "", 1, 1, Duration.ofSeconds(1))))
        .allSatisfy(
            order ->
                assertThat(AgentRules.rule(Standing.initial(), UID, order))
                    .isInstanceOf(Ruling.Refuse.class));
  }

  /** Whatever is obeyed: nothing promised is ever taken back, and no version is unseen. */
  @Test
  void obeyingNeverTakesAPromiseBack() {
    for (Standing standing : List.of(WRITER, SOLO, STANDBY, FRESH)) {
      for (long version = 0; version < 14; version++) {
        for (long epoch = 0; epoch < 9; epoch++) {
          for (Order order : everyOrder(at(version, epoch))) {
            if (AgentRules.rule(standing, UID, order) instanceof Ruling.Obey(Standing next)) {
              assertThat(next.promised()).isGreaterThanOrEqualTo(standing.promised());
              assertThat(next.released()).isGreaterThanOrEqualTo(standing.released());
              assertThat(next.activeEpoch()).isGreaterThanOrEqualTo(standing.activeEpoch());
              assertThat(next.versionSeen()).isEqualTo(Math.max(version, standing.versionSeen()));
              assertThat(next.leaseVersion()).isGreaterThanOrEqualTo(standing.leaseVersion());
              assertThat(next.mayWrite() && next.activeEpoch() <= next.released()).isFalse();
            }
          }
        }
      }
    }
  }

  /** What a writer wrote alone may be acknowledged and nowhere else, until it is told to follow. */
  @Test
  void remembersThatItWroteAlone() {
    Standing alone = FRESH.seen(1).active(1, WriteMode.SOLO, "", false);
    Standing released = alone.releasing(1);

    assertThat(alone.voting(1).cloneGuard().unshared()).as("the ring is closed").isTrue();
    assertThat(released.cloneGuard().unshared()).isTrue();
    assertThat(released.voting(2).cloneGuard().unshared()).isFalse();
    assertThat(alone.leased(2, PEER, true).cloneGuard().unshared()).isFalse();
    assertThat(alone.leased(2, PEER, false).cloneGuard().unshared()).isTrue();
  }
}
