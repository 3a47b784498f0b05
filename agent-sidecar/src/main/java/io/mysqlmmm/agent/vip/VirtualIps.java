package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.shared.agent.VipLifetime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The virtual IPs of this host, put together: whoever holds an address here has it announced too,
 * from the moment the kernel has it, and defended when another host claims it.
 *
 * <p>Closing ends the threads and leaves held addresses to the kernel, which removes them at their
 * end: a restarted agent may go on holding them.
 */
public final class VirtualIps implements VipPort, AutoCloseable {
  private final VipPort vip;
  private final Links links;
  private final ArpAnnouncer announcer;
  private final ConflictJudge judge;
  private final PosixC c;
  private final Runnable closing;
  private Optional<VipWatch> watch = Optional.empty();

  /**
   * The parts on a real host.
   *
   * @param nodeAddresses the host's own; they are never changed, even if ordered
   * @param bound for each call that asks or changes the kernel, see {@link BoundedVip}
   * @param onConflict told of foreign claims, once a second for each claimant; must not block
   */
  public static VirtualIps open(
      PosixC c, Set<IpAddress> nodeAddresses, Duration bound, Consumer<VipConflict> onConflict) {
    NetlinkVip netlink = new NetlinkVip(c, nodeAddresses);
    BoundedVip bounded = new BoundedVip(netlink, bound);
    NetlinkLinks links = new NetlinkLinks(c);
    PacketSender sender = new PacketSender(c);
    ThreadAlarm alarm = new ThreadAlarm("vip-announce");
    ArpAnnouncer announcer = new ArpAnnouncer(bounded, links, sender, alarm);
    Runnable closing =
        () -> {
          alarm.close();
          bounded.close();
          sender.close();
          links.close();
          netlink.close();
        };
    return new VirtualIps(c, bounded, links, announcer, onConflict, closing);
  }

  VirtualIps(
      PosixC c,
      VipPort vip,
      Links links,
      ArpAnnouncer announcer,
      Consumer<VipConflict> onConflict,
      Runnable closing) {
    this.c = c;
    this.vip = vip;
    this.links = links;
    this.announcer = announcer;
    this.closing = closing;
    this.judge =
        new ConflictJudge(
            vip,
            links,
            InstantSource.system(),
            conflict -> {
              announcer.announce(conflict.ip());
              onConflict.accept(conflict);
            });
  }

  @Override
  public VipState observe(IpAddress ip) {
    return vip.observe(ip);
  }

  @Override
  public Survey survey() {
    return vip.survey();
  }

  /**
   * As {@link VipPort#hold}; begins to announce the address if it was not held, or not announced by
   * this process. A refresh announces nothing.
   */
  @Override
  public VipState hold(IpAddress ip, String interfaceName, Duration lifetime) {
    long called = System.nanoTime();
    boolean wasHeld =
        vip.observe(ip) instanceof VipState.Held held && held.interfaceName().equals(interfaceName);
    Duration late = Duration.ofNanos(System.nanoTime() - called);
    VipState now = vip.hold(ip, interfaceName, VipLifetime.carriedOut(lifetime, late));
    if (now instanceof VipState.Held && !(wasHeld && announcer.isAnnouncing(ip))) {
      announcer.announce(ip);
    }
    return now;
  }

  /** As {@link VipPort#release}; ends the announcing first. */
  @Override
  public VipState release(IpAddress ip) {
    announcer.stop(ip);
    return vip.release(ip);
  }

  /** Announces a held address from the beginning, e.g. after the link came back. */
  public void announce(IpAddress ip) {
    announcer.announce(ip);
  }

  /** The interfaces of this host. */
  public Links links() {
    return links;
  }

  /** Whether somebody else uses {@code ip}; blocks for {@link ArpProbe#BOUND} if nobody does. */
  public ProbeResult probe(IpAddress ip, String interfaceName) {
    return new ArpProbe(c, links).probe(ip, interfaceName);
  }

  /**
   * Listens on the interface from now on, in place of the one before, for others who claim one of
   * {@code ips}; only what this host holds at that moment is a conflict.
   */
  public synchronized void watch(String interfaceName, Set<IpAddress> ips) {
    judge.watch(ips);
    if (watch.filter(current -> current.isOn(interfaceName)).isEmpty()) {
      watch.ifPresent(VipWatch::close);
      VipWatch next = new VipWatch(c, links, interfaceName, judge);
      next.start();
      watch = Optional.of(next);
    }
  }

  @Override
  public synchronized void close() {
    watch.ifPresent(VipWatch::close);
    watch = Optional.empty();
    closing.run();
  }
}
