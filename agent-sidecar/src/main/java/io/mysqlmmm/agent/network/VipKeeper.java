package io.mysqlmmm.agent.network;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.Duty;
import io.mysqlmmm.agent.Duty.WriterVip;
import io.mysqlmmm.agent.standing.Keeper;
import io.mysqlmmm.agent.standing.Kept;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.LeaseRules;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.VipLifetime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the managed IPs on this host what they have to be now, whatever they were: due ones are
 * held for one lifetime more, all others are removed. Called whenever something changed, and five
 * times in the second that is the shortest lifetime.
 */
public final class VipKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VipKeeper.class);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Network network;
  private final Keeper keeper;
  private final Duty duty;
  private final Board board;
  private final List<String> configured;
  private final Duration lifetime;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closed;
  private boolean heldUnderLease;
  private String problem = "";

  public VipKeeper(
      Network network,
      Keeper keeper,
      Duty duty,
      Board board,
      List<String> configured,
      Duration lifetime) {
    this.network = network;
    this.keeper = keeper;
    this.duty = duty;
    this.board = board;
    this.configured = List.copyOf(configured);
    this.lifetime = lifetime;
  }

  /** Starts the regular upkeep. */
  public void start() {
    Thread _ = Thread.ofPlatform().daemon().name("vips").start(this::loop);
  }

  private void loop() {
    while (!closed) {
      try {
        NetworkState _ = reconcile();
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.error("upkeep of virtual IPs failed; trying again", e);
      }
    }
  }

  /** Does it now, tells the board, and says what was seen afterwards. */
  public NetworkState reconcile() {
    lock.lock();
    try {
      Mysqld mysqld = board.state().mysqld();
      Kept kept = keeper.kept();
      WriterVip writer = closed ? WriterVip.DROP : duty.writerVip(mysqld);
      Set<String> due = due(kept, writer, mysqld);
      Set<String> left = mayStay(writer) ? Set.copyOf(kept.writerVips()) : Set.of();
      Network.Look before = network.look(managed(kept));
      List<String> problems = new ArrayList<>();
      remove(before, managed(kept), due, left, problems);
      hold(before, due, kept, problems);
      return tell(before, managed(kept), problems);
    } finally {
      lock.unlock();
    }
  }

  /** Whether an IP that is not held anew may end by itself: its end was set within a lease. */
  private boolean mayStay(WriterVip writer) {
    return writer != WriterVip.DROP && (duty.leased() == heldUnderLease || !duty.leased());
  }

  /**
   * How long the kernel may keep the writer's IPs; empty: their end must not be put off, what was
   * granted before is all (S12). Alone there is no lease to mind (S11).
   */
  private Optional<Duration> writerLifetime() {
    return duty.leased() ? leaseLifetime() : Optional.of(lifetime);
  }

  private Optional<Duration> leaseLifetime() {
    return VipLifetime.within(keeper.leaseLeft(), LeaseRules.MARGIN);
  }

  /** Whether the lease is long enough for an IP's shortest lifetime to end within it. */
  public boolean fitsLease() {
    return leaseLifetime().isPresent();
  }

  /** The server as it was seen last. */
  public Mysqld mysqld() {
    return board.state().mysqld();
  }

  /** Whether no IP of the writer was seen here last. */
  public boolean holdsNoWriterIp() {
    return keeper.kept().writerVips().stream().noneMatch(board.state().network().vips()::contains);
  }

  private Set<String> due(Kept kept, WriterVip writer, Mysqld mysqld) {
    Set<String> due = new LinkedHashSet<>();
    if (writer == WriterVip.HOLD && writerLifetime().isPresent()) {
      due.addAll(kept.writerVips());
    }
    if (!closed && duty.mayServeReads(mysqld)) {
      kept.readers().stream().filter(ip -> !names(due, ip)).forEach(due::add);
    }
    return due;
  }

  private Set<String> managed(Kept kept) {
    Set<String> all = new LinkedHashSet<>(configured);
    all.addAll(kept.managed());
    all.addAll(kept.writerVips());
    all.addAll(kept.readers());
    return all;
  }

  private void remove(
      Network.Look before,
      Set<String> managed,
      Set<String> due,
      Set<String> left,
      List<String> problems) {
    for (String ip : before.known() ? before.held() : managed) {
      if (!names(due, ip) && !names(left, ip)) {
        String trouble = network.release(ip);
        if (trouble.isEmpty()) {
          log.info("{} is off", ip);
        } else {
          problems.add(trouble);
        }
      }
    }
  }

  /** Whether {@code ip} is among {@code ips}, maybe written in another way. */
  private static boolean names(Set<String> ips, String ip) {
    Optional<IpAddress> address = IpAddress.parse(ip);
    return ips.contains(ip)
        || (address.isPresent()
            && ips.stream().anyMatch(other -> IpAddress.parse(other).equals(address)));
  }

  /** Each lifetime is looked up last: what was true before the kernel was asked may be over. */
  private void hold(Network.Look before, Set<String> due, Kept kept, List<String> problems) {
    for (String ip : due) {
      boolean writers = kept.writerVips().contains(ip);
      boolean leased = duty.leased();
      Optional<Duration> time = writers ? writerLifetime() : Optional.of(lifetime);
      if (time.isEmpty()) {
        continue;
      }
      String trouble = network.hold(ip, time.get());
      if (!trouble.isEmpty()) {
        problems.add(trouble);
        continue;
      }
      if (writers) {
        heldUnderLease = leased;
      }
      if (!before.held().contains(ip)) {
        log.info("{} is held", ip);
      }
    }
  }

  private NetworkState tell(Network.Look before, Set<String> managed, List<String> problems) {
    Network.Look after = network.look(managed);
    List<String> all = new ArrayList<>(problems);
    if (!after.problem().isEmpty()) {
      all.addFirst(after.problem());
    }
    String text = all.stream().distinct().collect(Collectors.joining("; "));
    if (!text.equals(problem)) {
      problem = text;
      log.warn("virtual IPs: {}", text.isEmpty() ? "fine again" : text);
    }
    NetworkState state =
        new NetworkState(
            after.interfaceName(),
            text,
            after.known() ? after.held() : before.held(),
            network.conflicts());
    board.network(state);
    return state;
  }

  /** Takes every managed IP off; nothing is held afterwards. */
  @Override
  public void close() {
    closed = true;
    NetworkState _ = reconcile();
  }
}
