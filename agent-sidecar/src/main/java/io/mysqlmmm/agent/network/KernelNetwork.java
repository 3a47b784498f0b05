package io.mysqlmmm.agent.network;

import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.posix.ForeignPosixC;
import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.vip.ArpAnnouncer;
import io.mysqlmmm.agent.vip.ArpProbe;
import io.mysqlmmm.agent.vip.BoundedVip;
import io.mysqlmmm.agent.vip.ConflictJudge;
import io.mysqlmmm.agent.vip.LinkLookup;
import io.mysqlmmm.agent.vip.NetlinkLinks;
import io.mysqlmmm.agent.vip.NetlinkVip;
import io.mysqlmmm.agent.vip.PacketSender;
import io.mysqlmmm.agent.vip.ProbeResult;
import io.mysqlmmm.agent.vip.ThreadAlarm;
import io.mysqlmmm.agent.vip.VipConflict;
import io.mysqlmmm.agent.vip.VipPort;
import io.mysqlmmm.agent.vip.VipState;
import io.mysqlmmm.agent.vip.VipWatch;
import io.mysqlmmm.agent.wire.IpAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Network} on the kernel: joins the parts of {@link io.mysqlmmm.agent.vip}. */
public final class KernelNetwork implements Network, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KernelNetwork.class);

  /** For each call to the kernel; usual are well under a millisecond. */
  private static final Duration CALL_BOUND = Duration.ofMillis(500);

  /** How long a conflict is told after it was last heard. */
  private static final Duration CONFLICT_TOLD = Duration.ofSeconds(30);

  private record Claim(String text, long heardAt) {}

  private final IpAddress address;
  private final String configured;
  private final Ticker ticker;
  private final NetlinkLinks links;
  private final NetlinkVip netlink;
  private final BoundedVip vip;
  private final PacketSender sender;
  private final ThreadAlarm alarm;
  private final ArpAnnouncer announcer;
  private final ArpProbe probe;
  private final ConflictJudge judge;
  private final PosixC c;
  private final Map<String, Claim> claims = new ConcurrentHashMap<>();
  private volatile Optional<VipWatch> watch = Optional.empty();
  private volatile String watched = "";

  /**
   * @param address the host's own, never to be touched
   * @param interfaceName where virtual IPs go; empty: the interface that has {@code address}
   */
  public KernelNetwork(String address, String interfaceName, Ticker ticker) {
    this.address = IpAddress.of(address);
    this.configured = interfaceName;
    this.ticker = ticker;
    this.c = new ForeignPosixC();
    this.links = new NetlinkLinks(c);
    this.netlink = new NetlinkVip(c, Set.of(this.address));
    this.vip = new BoundedVip(netlink, CALL_BOUND);
    this.sender = new PacketSender(c);
    this.alarm = new ThreadAlarm("announcer");
    this.announcer = new ArpAnnouncer(vip, links, sender, alarm);
    this.probe = new ArpProbe(c, links);
    this.judge = new ConflictJudge(vip, links, InstantSource.system(), this::conflict);
  }

  @Override
  public Look look(Set<String> ips) {
    LinkLookup link = link();
    String name = link instanceof LinkLookup.Found found ? found.name() : configured;
    listenOn(name, ips);
    return switch (vip.survey()) {
      case VipPort.Survey.Unknown unknown -> new Look(name, unknown.cause(), List.of(), false);
      case VipPort.Survey.Seen seen ->
          new Look(
              name,
              problem(link),
              seen.addresses().stream()
                  .map(a -> a.ip().toString())
                  .filter(ips::contains)
                  .sorted()
                  .distinct()
                  .toList(),
              true);
    };
  }

  private LinkLookup link() {
    return configured.isEmpty() ? links.interfaceHolding(address) : links.lookup(configured);
  }

  private static String problem(LinkLookup link) {
    return switch (link) {
      case LinkLookup.Found found when !found.up() ->
          "interface " + found.name() + " is down or has no carrier";
      case LinkLookup.Found _ -> "";
      case LinkLookup.NotFound none -> none.what();
      case LinkLookup.Unknown unknown -> unknown.cause();
    };
  }

  @Override
  public String hold(String ip, Duration lifetime) {
    return switch (link()) {
      case LinkLookup.NotFound none -> none.what();
      case LinkLookup.Unknown unknown -> unknown.cause();
      case LinkLookup.Found found -> notHeld(vip.hold(IpAddress.of(ip), found.name(), lifetime));
    };
  }

  private static String notHeld(VipState state) {
    return switch (state) {
      case VipState.Held held -> held.problem();
      case VipState.Absent absent ->
          absent.ip() + " is not held: " + absent.problem();
      case VipState.Foreign foreign ->
          "%s is configured on %s by somebody else"
              .formatted(foreign.ip(), foreign.interfaceName());
      case VipState.Unknown unknown -> unknown.cause();
    };
  }

  @Override
  public String release(String ip) {
    IpAddress parsed = IpAddress.of(ip);
    announcer.stop(parsed);
    return switch (vip.release(parsed)) {
      case VipState.Held held -> "%s is still held: %s".formatted(ip, held.problem());
      case VipState.Absent _ -> "";
      case VipState.Foreign foreign ->
          "%s is configured on %s by somebody else".formatted(ip, foreign.interfaceName());
      case VipState.Unknown unknown -> unknown.cause();
    };
  }

  @Override
  public void announce(String ip) {
    announcer.announce(IpAddress.of(ip));
  }

  @Override
  public Probe probe(String ip) {
    Optional<IpAddress> parsed = IpAddress.parse(ip);
    if (parsed.isEmpty()) {
      return new Probe(ip, "Unknown", "it is not an IP address");
    }
    if (!(link() instanceof LinkLookup.Found found)) {
      return new Probe(ip, "Unknown", problem(link()));
    }
    return switch (probe.probe(parsed.get(), found.name())) {
      case ProbeResult.Free _ -> new Probe(ip, "Free", "");
      case ProbeResult.UsedBy used -> new Probe(ip, "Used", used.mac().toString());
      case ProbeResult.Unknown unknown -> new Probe(ip, "Unknown", unknown.cause());
    };
  }

  @Override
  public List<String> conflicts() {
    long now = ticker.nanos();
    claims.values().removeIf(claim -> now - claim.heardAt() > CONFLICT_TOLD.toNanos());
    return claims.values().stream().map(Claim::text).sorted().toList();
  }

  private void conflict(VipConflict heard) {
    String text = "%s is at %s".formatted(heard.ip(), heard.mac());
    log.warn("another machine claims a virtual IP of this host: {}", text);
    claims.put(text, new Claim(text, ticker.nanos()));
    announcer.announce(heard.ip());
  }

  private void listenOn(String name, Set<String> ips) {
    judge.watch(
        ips.stream().flatMap(ip -> IpAddress.parse(ip).stream()).collect(Collectors.toSet()));
    if (!name.isEmpty() && !name.equals(watched)) {
      watch.ifPresent(VipWatch::close);
      VipWatch next = new VipWatch(c, links, name, judge);
      next.start();
      watch = Optional.of(next);
      watched = name;
    }
  }

  @Override
  public void close() {
    watch.ifPresent(VipWatch::close);
    alarm.close();
    sender.close();
    vip.close();
    links.close();
  }
}
