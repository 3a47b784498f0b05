package io.mysqlmmm.agent;

import io.mysqlmmm.agent.config.AgentConfig;
import io.mysqlmmm.agent.config.AgentPaths;
import io.mysqlmmm.agent.config.Credentials;
import io.mysqlmmm.agent.mysql.InitSql;
import io.mysqlmmm.agent.mysql.JdbcAhead;
import io.mysqlmmm.agent.mysql.JdbcClone;
import io.mysqlmmm.agent.mysql.JdbcMysql;
import io.mysqlmmm.agent.mysql.JdbcPreflight;
import io.mysqlmmm.agent.mysql.Logins;
import io.mysqlmmm.agent.mysql.TrustStore;
import io.mysqlmmm.agent.mysql.Watch;
import io.mysqlmmm.agent.network.Network;
import io.mysqlmmm.agent.network.VipKeeper;
import io.mysqlmmm.agent.orders.Actions;
import io.mysqlmmm.agent.orders.BackupOrders;
import io.mysqlmmm.agent.orders.CloneWatch;
import io.mysqlmmm.agent.orders.Cloning;
import io.mysqlmmm.agent.orders.Fence;
import io.mysqlmmm.agent.orders.Guard;
import io.mysqlmmm.agent.orders.Host;
import io.mysqlmmm.agent.orders.LeaseFence;
import io.mysqlmmm.agent.orders.OrderDesk;
import io.mysqlmmm.agent.orders.StartOrders;
import io.mysqlmmm.agent.orders.StopFence;
import io.mysqlmmm.agent.preflight.PreflightWatch;
import io.mysqlmmm.agent.process.DataVolume;
import io.mysqlmmm.agent.process.Launcher;
import io.mysqlmmm.agent.process.LeaseFile;
import io.mysqlmmm.agent.process.MysqldProcess;
import io.mysqlmmm.agent.process.NewIdentity;
import io.mysqlmmm.agent.process.TailCut;
import io.mysqlmmm.agent.server.AgentServer;
import io.mysqlmmm.agent.server.BeatClient;
import io.mysqlmmm.agent.server.Endpoints;
import io.mysqlmmm.agent.server.Tls;
import io.mysqlmmm.agent.standing.Keeper;
import io.mysqlmmm.agent.standing.KeptFile;
import io.mysqlmmm.agent.vitals.VolumeCheck;
import io.mysqlmmm.agent.vitals.WantedChecks;
import io.mysqlmmm.agent.vitals.WriteCheck;
import io.mysqlmmm.agent.vote.Voter;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Vitals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent, wired. */
public final class Agent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);

  private final Keeper keeper;
  private final Board board;
  private final VipKeeper vips;
  private final JdbcMysql mysql;
  private final Guard guard;
  private final LeaseFence leaseFence;
  private final Voter voter;
  private final CloneWatch clones;
  private final Launcher launcher;
  private final AgentServer server;
  private final VolumeCheck volume;
  private final WriteCheck writeCheck;
  private final Optional<PreflightWatch> preflight;
  private volatile boolean everServed;
  private volatile Class<?> before = Mysqld.Absent.class;

  public Agent(
      AgentConfig config, AgentPaths paths, Network network, BootClock clock, Ticker ticker)
      throws IOException, GeneralSecurityException {
    Files.createDirectories(paths.data());
    this.keeper =
        Keeper.open(
            new KeptFile(paths.data()),
            config.resourceUid(),
            MysqldProcess.uuidOnDisk(paths.autoCnf()),
            clock,
            config.leaseTtl());
    Tls tls = new Tls(paths.tls(), ticker);
    // Two thirds of the shortest ttl are left when one heartbeat was lost.
    Duration bound = config.leaseTtl().dividedBy(6);
    BeatClient beats = new BeatClient(tls, config.agentPort(), bound);
    this.voter = new Voter(keeper, config.resourceUid(), beats::beat, config.heartbeat(), ticker);
    Duty duty = new Duty(keeper);
    MysqldProcess process = new MysqldProcess(paths.run());
    Credentials credentials = new Credentials(paths.credentials());
    TrustStore trust =
        new TrustStore(paths.tls().resolve("ca.crt"), paths.data().resolve("ca.p12"));
    Logins logins = new Logins(config, credentials, trust);
    this.mysql = new JdbcMysql(logins, credentials, paths.sourceCa(), process, new Looks(), ticker);
    VolumeCheck volumeCheck = new VolumeCheck(paths.data(), ticker);
    WantedChecks wantedChecks = new WantedChecks(ticker);
    WriteCheck rowCheck =
        new WriteCheck(
            mysql.heartbeat(),
            () ->
                wantedChecks.now()
                    && mysql.known() instanceof Running running
                    && !running.superReadOnly()
                    && duty.mayWrite(running),
            ticker);
    this.volume = volumeCheck;
    this.writeCheck = rowCheck;
    this.board =
        new Board(
            first(config),
            ticker,
            clock,
            voter::unheard,
            () -> new Vitals(Instant.now(), volumeCheck.told(), rowCheck.told()));
    keeper.onChange(board::standing);
    this.vips = new VipKeeper(network, keeper, duty, board, config.managedIps(), config.leaseTtl());
    LeaseFile leaseFile = new LeaseFile(paths.run(), keeper);
    Host host = new Host(mysql, keeper, duty, vips, leaseFile, ticker);
    Actions actions = new Actions();
    JdbcClone cloneServer = new JdbcClone(logins, credentials, paths.sourceCa());
    DataVolume data = new DataVolume(paths.mysqlData());
    Cloning cloning = Cloning.of(host, board, cloneServer, data);
    BackupOrders backups = new BackupOrders(host, board, cloneServer, data, paths.backups());
    this.guard = new Guard(host, actions, process, cloning.open());
    Fence fence = new Fence(host, process);
    StopFence stopFence = new StopFence(host, actions, fence);
    this.leaseFence = new LeaseFence(host, fence);
    this.launcher =
        new Launcher(
            paths.run(),
            process,
            () -> InitSql.text(credentials, !config.adopting() || !data.made().isEmpty()),
            stopFence::fence,
            () -> {
              stopFence.lift();
              leaseFile.lift();
            },
            duty::startWaits,
            actions.lock(),
            new NewIdentity(
                paths.run(),
                () -> keeper.standing().cloneGuard().replacing(),
                () -> keeper.kept().lastClone().filter(Clone::dropped).isPresent(),
                keeper::doubtful,
                keeper::renamed),
            ticker);
    this.preflight =
        config.adopted()
            ? Optional.of(
                new PreflightWatch(
                    new JdbcPreflight(logins),
                    config.external() ? new JdbcAhead(logins) : Optional::empty,
                    keeper::standing,
                    board,
                    ticker))
            : Optional.empty();
    StartOrders starts =
        new StartOrders(host, board, process, new TailCut(paths.run()), paths.mysqlData());
    this.clones = cloning.watch();
    OrderDesk desk = new OrderDesk(host, board, actions, fence, starts, cloning.orders(), backups);
    this.server =
        new AgentServer(
            config.agentPort(),
            tls,
            new Endpoints(board, desk::execute, network, beat -> heard(wantedChecks, beat)));
  }

  private void heard(WantedChecks checks, Beat beat) {
    keeper.beat(beat);
    checks.heard(beat);
  }

  private static AgentState first(AgentConfig config) {
    return new AgentState(
        1,
        config.resourceUid(),
        config.host(),
        BootTime.NEVER,
        Duration.ZERO,
        AgentMain.version(),
        io.mysqlmmm.shared.agent.Standing.initial(),
        new Mysqld.Absent("not looked yet"),
        new NetworkState(config.interfaceName(), "", List.of(), List.of()),
        Optional.empty(),
        Vitals.unknown());
  }

  /** Whatever is not due here is removed first; then orders are taken. */
  public void start() {
    Mysqld seen = mysql.observe();
    NetworkState network = vips.reconcile();
    log.info("at the start: {}; {}", seen.getClass().getSimpleName(), network);
    leaseFence.start();
    guard.start();
    mysql.start();
    vips.start();
    launcher.start();
    clones.start();
    server.start();
    voter.start();
    volume.start();
    writeCheck.start();
    preflight.ifPresent(PreflightWatch::start);
    log.info("orders are taken at port {}", server.port());
  }

  /** The port of the HTTPS interface. */
  public int port() {
    return server.port();
  }

  /** Every virtual IP off; mysqld stays as it is. */
  @Override
  public void close() {
    preflight.ifPresent(PreflightWatch::close);
    writeCheck.close();
    volume.close();
    vips.close();
    launcher.close();
    guard.close();
    leaseFence.close();
    voter.close();
    clones.close();
    server.close();
    mysql.close();
  }

  /** What follows from each look at mysqld. */
  private final class Looks implements Watch.Listener {
    @Override
    public void seen(Mysqld mysqld) {
      if (mysqld instanceof Running running) {
        adopt(running.serverUuid());
      }
      board.mysqld(mysqld);
      boolean changed = mysqld.getClass() != before;
      before = mysqld.getClass();
      if (changed) {
        changed(mysqld);
      }
      guard.seen(mysqld);
    }

    private void changed(Mysqld mysqld) {
      if (mysqld instanceof Running) {
        everServed = true;
        launcher.serving();
        Thread _ = Thread.ofVirtual().name("warm").start(mysql::warm);
      }
      if (!(mysqld instanceof Mysqld.Unresponsive)) {
        NetworkState _ = vips.reconcile();
      }
      if (mysqld instanceof Mysqld.Absent && everServed) {
        forgetReaders();
      }
    }

    private void forgetReaders() {
      try {
        keeper.forgetReaders();
      } catch (IOException e) {
        log.error("the balanced IPs stay due here: it cannot be written down", e);
      }
    }

    private void adopt(String serverUuid) {
      try {
        keeper.adopt(serverUuid);
      } catch (IOException e) {
        throw new UncheckedIOException("the new data set cannot be written down", e);
      }
    }
  }
}
