package io.mysqlmmm.agent.orders;

import static io.mysqlmmm.agent.orders.Rig.VIP;
import static io.mysqlmmm.agent.orders.Rig.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.standing.Kept;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld.ThreadState;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Database;
import io.mysqlmmm.shared.agent.Password;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderDeskTest {
  @TempDir private Path directory;

  private static Order activate(long version, long epoch, WriteMode mode, boolean lossless) {
    return new Order.Activate(
        at(version, epoch), mode, lossless, List.of(VIP), Rig.PEER, Rig.now());
  }

  private static Order replicate(long version, long epoch) {
    return new Order.Replicate(at(version, epoch), new Order.Source("db2", "10.0.0.2", 3306, "u2"));
  }

  @Test
  void releaseIsDurableFirstAndTakesTheVipLast() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);

    Answer answer = rig.order(new Order.Release(at(11, 5), false));

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(rig.log)
        .containsExactly(
            "read-only [NONE active 5 promised 4 released 5]",
            "kill clients [NONE active 5 promised 4 released 5]",
            "drop 10.0.0.100 [NONE active 5 promised 4 released 5]");
    assertThat(rig.mysql.source).as("semi-sync stays").isTrue();
  }

  @Test
  void releaseThatIsBlockedSaysWhyAndKeepsItsRecord() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    rig.mysql.stuck.add("read-only");

    Answer answer = rig.order(new Order.Release(at(11, 5), false));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class, f -> assertThat(f.reason()).contains("acknowledgement"));
    assertThat(rig.keeper.standing().mayWrite()).isFalse();
    assertThat(rig.network.held).isEmpty();
    assertThat(rig.log).noneMatch(e -> e.startsWith("kill") || e.startsWith("semi-sync"));
  }

  @Test
  void releaseOfADeadServerIsDoneAtOnce() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    rig.mysql.absent = true;

    Answer answer = rig.order(new Order.Release(at(11, 5), false));

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(rig.log).containsExactly("drop 10.0.0.100 [NONE active 5 promised 4 released 5]");
  }

  @Test
  void releaseOfASilentServerIsNotDone() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    rig.mysql.unresponsive = true;

    Answer answer = rig.order(new Order.Release(at(11, 5), false));

    assertThat(answer).isInstanceOf(Answer.Failed.class);
    assertThat(rig.keeper.standing().released()).isEqualTo(5);
    assertThat(rig.network.held).isEmpty();
  }

  @Test
  void promiseIsDurableBeforeTheReceiverStops() throws IOException {
    Rig rig = new Rig(directory);

    Answer answer = rig.order(new Order.Promise(at(3, 2)));

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(rig.log).containsExactly("stop receiver [NONE active 0 promised 2 released 0]");
  }

  @Test
  void promiseWhoseReceiverRunsOnIsNotDone() throws IOException {
    Rig rig = new Rig(directory);
    rig.mysql.stuck.add("stop receiver");

    assertThat(rig.order(new Order.Promise(at(3, 2)))).isInstanceOf(Answer.Failed.class);
    assertThat(rig.keeper.standing().promised()).isEqualTo(2);
  }

  @Test
  void activatePairedDrainsThenRecordsThenWaitsForPeerThenWrites() throws IOException {
    Rig rig = new Rig(directory);
    rig.mysql.applied = false;

    Answer answer = rig.order(activate(3, 2, WriteMode.PAIRED, true));

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(rig.log)
        .containsExactly(
            "stop receiver [NONE active 0 promised 1 released 0]",
            "await [NONE active 0 promised 1 released 0]",
            "semi-sync on [PAIRED active 2 promised 1 released 0]",
            "writable [PAIRED active 2 promised 1 released 0]",
            "hold 10.0.0.100 [PAIRED active 2 promised 1 released 0]");
  }

  @Test
  void activateSoloSwitchesSemiSyncOffBeforeWriting() throws IOException {
    Rig rig = new Rig(directory);
    rig.mysql.source = true;

    assertThat(rig.order(activate(3, 2, WriteMode.SOLO, true))).isInstanceOf(Answer.Done.class);
    assertThat(rig.log)
        .containsExactly(
            "stop receiver [NONE active 0 promised 1 released 0]",
            "semi-sync off [SOLO active 2 promised 1 released 0]",
            "writable [SOLO active 2 promised 1 released 0]",
            "hold 10.0.0.100 [SOLO active 2 promised 1 released 0]");
  }

  @Test
  void activateAgainTouchesNothing() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);

    assertThat(rig.order(activate(10, 5, WriteMode.PAIRED, true))).isInstanceOf(Answer.Done.class);
    assertThat(rig.log).isEmpty();
  }

  @Test
  void activateThatCannotDrainDoesNotWrite() throws IOException {
    Rig rig = new Rig(directory);
    rig.mysql.applied = false;
    rig.mysql.canApply = false;

    assertThat(rig.order(activate(3, 2, WriteMode.PAIRED, true))).isInstanceOf(Answer.Failed.class);
    assertThat(rig.keeper.standing().mayWrite()).isFalse();
    assertThat(rig.mysql.readOnly).isTrue();
    assertThat(rig.network.held).isEmpty();
  }

  @Test
  void activateStartsAnApplierThatOnlyStandsStill() throws IOException {
    Rig rig = new Rig(directory);
    rig.mysql.applied = false;
    rig.mysql.sql = ThreadState.OFF;

    assertThat(rig.order(activate(3, 2, WriteMode.PAIRED, true))).isInstanceOf(Answer.Done.class);
    assertThat(rig.log).anyMatch(e -> e.startsWith("start applier"));
  }

  @Test
  void activateWithAFailedApplierSaysSo() throws IOException {
    Rig rig = new Rig(directory);
    rig.mysql.applied = false;
    rig.mysql.sql = ThreadState.OFF;
    rig.mysql.error = "Duplicate entry";

    assertThat(rig.order(activate(3, 2, WriteMode.PAIRED, true)))
        .isInstanceOfSatisfying(
            Answer.Failed.class, f -> assertThat(f.reason()).contains("Duplicate entry"));
  }

  @Test
  void activateWithoutItsVipIsNotDone() throws IOException {
    Rig rig = new Rig(directory);
    rig.network.refused.add(VIP);

    assertThat(rig.order(activate(3, 2, WriteMode.PAIRED, true)))
        .isInstanceOfSatisfying(
            Answer.Failed.class, f -> assertThat(f.reason()).contains("somebody else"));
  }

  @Test
  void activateWhileMysqldIsStoppedIsNotDone() throws IOException {
    Rig rig = new Rig(directory);
    rig.duty.fence();

    assertThat(rig.order(activate(3, 2, WriteMode.PAIRED, true))).isInstanceOf(Answer.Failed.class);
    assertThat(rig.log).isEmpty();
  }

  @Test
  void soloIsDurableBeforeWaitingSessionsAreLetGo() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);

    assertThat(rig.order(new Order.Solo(at(11, 5)))).isInstanceOf(Answer.Done.class);
    assertThat(rig.log).containsExactly("semi-sync off [SOLO active 5 promised 4 released 3]");
  }

  @Test
  void leaseWaitsForThePeerBeforeItIsRecorded() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.SOLO);

    assertThat(rig.order(new Order.Lease(at(11, 5), true, Rig.PEER)))
        .isInstanceOf(Answer.Done.class);
    assertThat(rig.log).containsExactly("semi-sync on [SOLO active 5 promised 4 released 3]");
    assertThat(rig.keeper.standing().mode()).isEqualTo(WriteMode.PAIRED);
    assertThat(rig.keeper.standing().leaseVersion()).isEqualTo(11);
  }

  @Test
  void refusedOrdersDoNothing() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);

    assertThat(rig.order(new Order.Release(at(9, 5), false))).isInstanceOf(Answer.Refused.class);
    assertThat(rig.order(new Order.Solo(at(11, 6)))).isInstanceOf(Answer.Refused.class);
    assertThat(rig.order(new Order.Mark(at(11, 6)))).isInstanceOf(Answer.Refused.class);
    assertThat(rig.log).isEmpty();
    assertThat(rig.keeper.standing().versionSeen()).isEqualTo(10);
  }

  @Test
  void replicateOnTheSameSourceOnlyStartsIt() throws IOException {
    Rig rig = new Rig(directory);
    rig.mysql.followed = "db2";
    rig.mysql.io = ThreadState.OFF;

    assertThat(rig.order(replicate(3, 2))).isInstanceOf(Answer.Done.class);
    assertThat(rig.log).containsExactly("start replica [NONE active 0 promised 0 released 0]");
  }

  @Test
  void replicateFromAnotherSourceAppliesEverythingFirst() throws IOException {
    Rig rig = new Rig(directory);
    rig.mysql.applied = false;

    assertThat(rig.order(replicate(3, 2))).isInstanceOf(Answer.Done.class);
    assertThat(rig.log.stream().map(e -> e.substring(0, e.indexOf(" ["))))
        .containsExactly("stop receiver", "await", "stop replica", "follow db2", "start replica");
  }

  /** Seen: "corrupted data in log event", after a power cut. */
  @Test
  void aRelayLogOfAnEarlierBootIsBegunAnewOnce() throws IOException {
    Rig rig = new Rig(directory, Kept.initial().receivingIn("an earlier boot"));
    rig.mysql.followed = "db2";
    rig.mysql.io = ThreadState.OFF;
    rig.mysql.applied = false;

    assertThat(rig.order(replicate(3, 2))).isInstanceOf(Answer.Done.class);
    assertThat(rig.log.stream().map(e -> e.substring(0, e.indexOf(" ["))))
        .containsExactly("stop replica", "follow db2", "start replica");

    rig.log.clear();
    rig.mysql.io = ThreadState.OFF;
    assertThat(rig.order(replicate(4, 2))).isInstanceOf(Answer.Done.class);
    assertThat(rig.log.stream().map(e -> e.substring(0, e.indexOf(" ["))))
        .as("what was acknowledged since is kept")
        .containsExactly("start replica");
  }

  /** Seen: an order under way while mysqld was killed as the lease was over. */
  @Test
  void replicateDoesNotJudgeAServerThatDiedWhileCommitsWaited() throws IOException {
    Rig rig = new Rig(directory);
    rig.keeper.change(s -> s.active(1, WriteMode.PAIRED, "uuid-2", true).releasing(1));
    rig.mysql.absent = true;

    assertThat(rig.order(replicate(3, 2))).isInstanceOf(Answer.Failed.class);
    assertThat(rig.keeper.standing().unjudged()).isTrue();
  }

  @Test
  void replicateKeepsARelayLogThatIsNotApplied() throws IOException {
    Rig rig = new Rig(directory);
    rig.mysql.applied = false;
    rig.mysql.canApply = false;

    assertThat(rig.order(replicate(3, 2))).isInstanceOf(Answer.Failed.class);
    assertThat(rig.log).noneMatch(e -> e.startsWith("follow"));
  }

  @Test
  void rolesHoldTheReadersAndDropAllElse() throws IOException {
    Rig rig = new Rig(directory);
    rig.network.held.add("10.0.0.102");
    rig.network.held.add("10.9.9.9");
    rig.mysql.observe();

    Answer answer =
        rig.order(
            new Order.Roles(
                at(1, 0), List.of("10.0.0.101"), List.of(VIP, "10.0.0.101", "10.0.0.102")));

    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(rig.network.held).containsExactly("10.0.0.101", "10.9.9.9");
  }

  @Test
  void settingsThatNeedARestartAreToldByName() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    rig.mysql.fixed.add("innodb_read_io_threads");
    Order.Setting dynamic = new Order.Setting("max_connections", Optional.of("200"));
    Order.Setting fixed = new Order.Setting("innodb_read_io_threads", Optional.of("8"));

    assertThat(rig.order(new Order.Settings(at(11, 5), List.of(dynamic))))
        .isInstanceOf(Answer.Done.class);
    assertThat(rig.order(new Order.Settings(at(11, 5), List.of(dynamic, fixed))))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            f -> assertThat(f.reason()).contains("innodb_read_io_threads", "restart"));
  }

  @Test
  void databasesWithABadPasswordNameTheUserAndDoNothing() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    Database good = new Database("shop", "shop", new Password("fine"));
    Database bad = new Database("shop", "till", new Password("a\nb"));

    assertThat(rig.order(new Order.Databases(at(11, 5), List.of(good, bad))))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            f -> assertThat(f.reason()).contains("user 'till'").doesNotContain("a\nb"));
    assertThat(rig.log).isEmpty();
  }

  @Test
  void waitingOrdersDoNotHoldUpOthers() throws IOException, InterruptedException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  rig.actions.lock().lock();
                  try {
                    held.countDown();
                    over.await();
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  } finally {
                    rig.actions.lock().unlock();
                  }
                });
    held.await();

    assertThat(rig.order(new Order.Mark(at(11, 5)))).isInstanceOf(Answer.Done.class);
    assertThat(rig.order(new Order.Await(at(11, 5), FakeMysql.PEERS)))
        .isInstanceOf(Answer.Done.class);
    assertThat(rig.order(new Order.Release(at(11, 5), false)))
        .isInstanceOfSatisfying(
            Answer.Failed.class, f -> assertThat(f.reason()).contains("another order"));

    over.countDown();
    other.join();
    assertThat(rig.order(new Order.Release(at(11, 5), false))).isInstanceOf(Answer.Done.class);
  }
}
