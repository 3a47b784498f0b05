package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.BootClock;
import io.mysqlmmm.agent.Duty;
import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.network.FakeNetwork;
import io.mysqlmmm.agent.network.VipKeeper;
import io.mysqlmmm.agent.process.DataVolume;
import io.mysqlmmm.agent.process.LeaseFile;
import io.mysqlmmm.agent.process.MysqldProcess;
import io.mysqlmmm.agent.process.TailCut;
import io.mysqlmmm.agent.standing.Keeper;
import io.mysqlmmm.agent.standing.Kept;
import io.mysqlmmm.agent.standing.KeptFile;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Target;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An agent's orders on fakes. Each effect is logged with what was on disk at that moment, so that a
 * test sees whether the record was there first.
 */
final class Rig {
  static final String VIP = "10.0.0.100";
  static final String UID = "uid";
  static final String PEER = "peer-uuid";
  static final Duration TTL = Duration.ofSeconds(3);

  final List<String> log = Collections.synchronizedList(new ArrayList<>());
  final AtomicLong skipped = new AtomicLong();
  final Ticker ticker = () -> System.nanoTime() + skipped.get();
  final KeptFile file;
  final Keeper keeper;
  final Duty duty;
  final Board board;
  final FakeNetwork network = new FakeNetwork(this::effect);
  final FakeMysql mysql;
  final Host host;
  final Actions actions = new Actions();
  final Fence fence;
  final OrderDesk desk;
  final FakeCloneServer cloneServer = new FakeCloneServer(this::effect);
  final Cloning cloning;
  final BootClock clock = () -> new BootTime("boot", now().sinceBoot().plusNanos(skipped.get()));

  Rig(Path directory) throws IOException {
    this(directory, Kept.initial());
  }

  Rig(Path directory, Kept before) throws IOException {
    file = new KeptFile(directory);
    file.store(before);
    keeper = Keeper.open(file, UID, Optional.of(FakeMysql.UUID), clock, TTL);
    duty = new Duty(keeper);
    board = new Board(first(), ticker, clock, () -> Duration.ZERO, Vitals::unknown);
    keeper.onChange(board::standing);
    mysql = new FakeMysql(this::effect, board::mysqld);
    VipKeeper vips = new VipKeeper(network, keeper, duty, board, List.of(VIP), TTL);
    host = new Host(mysql, keeper, duty, vips, new LeaseFile(directory, keeper), ticker);
    fence = new Fence(host, new MysqldProcess(directory));
    MysqldProcess process = new MysqldProcess(directory);
    cloning = Cloning.of(host, board, cloneServer, new DataVolume(directory));
    desk =
        new OrderDesk(
            host,
            board,
            actions,
            fence,
            new StartOrders(
                host, board, process, new TailCut(directory), directory.resolve("data")),
            cloning.orders(),
            new BackupOrders(
                host, board, cloneServer, new DataVolume(directory), directory.resolve("backups")));
  }

  /** Writing at epoch 5, paired, with the IP. */
  static Rig writer(Path directory, WriteMode mode) throws IOException {
    Standing standing = new Standing(FakeMysql.UUID, 10, 5, 4, 3, mode, 8, PEER, 0, 1, false);
    Rig rig =
        new Rig(
            directory,
            new Kept(
                standing,
                List.of(VIP),
                List.of(),
                List.of(VIP),
                true,
                BootTime.NEVER,
                Optional.empty()));
    rig.vote();
    rig.mysql.readOnly = false;
    rig.mysql.source = mode == WriteMode.PAIRED;
    rig.network.held.add(VIP);
    Mysqld _ = rig.mysql.observe();
    return rig;
  }

  static Target at(long version, long epoch) {
    return new Target(UID, FakeMysql.UUID, version, epoch, Duration.ofMillis(300));
  }

  /** The clock, if nothing was skipped. */
  static BootTime now() {
    return new BootTime("boot", Duration.ofNanos(System.nanoTime()));
  }

  /** The operator's vote for epoch 5, with the clock of now. */
  void vote() {
    keeper.beat(new Beat(UID, "", 5, Optional.of(clock.now())));
  }

  Answer order(Order order) {
    log.clear();
    return desk.execute(order);
  }

  private void effect(String what) {
    try {
      Standing onDisk = file.load().orElseThrow().standing();
      log.add(
          "%s [%s active %d promised %d released %d]"
              .formatted(
                  what, onDisk.mode(), onDisk.activeEpoch(), onDisk.promised(), onDisk.released()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AgentState first() {
    return new AgentState(
        1,
        UID,
        "db1",
        BootTime.NEVER,
        Duration.ZERO,
        "test",
        Standing.initial(),
        new Mysqld.Absent("not looked yet"),
        new NetworkState("", "", List.of(), List.of()),
        Optional.empty(),
        Vitals.unknown());
  }
}
