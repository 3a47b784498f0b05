package io.mysqlmmm.agent.network;

import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.vip.LinkLookup;
import io.mysqlmmm.agent.vip.ProbeResult;
import io.mysqlmmm.agent.vip.VipConflict;
import io.mysqlmmm.agent.vip.VipPort;
import io.mysqlmmm.agent.vip.VipState;
import io.mysqlmmm.agent.vip.VirtualIps;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.shared.agent.VipLifetime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Network} on the kernel, by {@link VirtualIps}. */
public final class KernelNetwork implements Network, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KernelNetwork.class);

  /** For each call to the kernel; usual are well under a millisecond. */
  private static final Duration CALL_BOUND = Duration.ofMillis(500);

  /** How long a conflict is told after it was last heard. */
  private static final long CONFLICT_TOLD_NANOS = Duration.ofSeconds(30).toNanos();

  private final IpAddress address;
  private final String configured;
  private final Ticker ticker;
  private final VirtualIps vips;
  private final Map<String, Long> conflicts = new ConcurrentHashMap<>();

  /**
   * @param c the kernel that is asked
   * @param address the host's own, never to be touched
   * @param interfaceName where virtual IPs go; empty: the interface that has {@code address}
   */
  public KernelNetwork(PosixC c, String address, String interfaceName, Ticker ticker) {
    this.address = IpAddress.of(address);
    this.configured = interfaceName;
    this.ticker = ticker;
    this.vips = VirtualIps.open(c, Set.of(this.address), CALL_BOUND, this::rememberConflict);
  }

  @Override
  public Look look(Set<String> ips) {
    LinkLookup link = link();
    String name = link instanceof LinkLookup.Found found ? found.name() : configured;
    if (!name.isEmpty()) {
      vips.watch(
          name,
          ips.stream().flatMap(ip -> IpAddress.parse(ip).stream()).collect(Collectors.toSet()));
    }
    return switch (vips.survey()) {
      case VipPort.Survey.Unknown unknown -> new Look(name, unknown.cause(), List.of(), false);
      case VipPort.Survey.Seen seen -> new Look(name, problem(link), heldOf(ips, seen), true);
    };
  }

  /** As they were asked for: an IPv6 address can be written in many ways. */
  private static List<String> heldOf(Set<String> ips, VipPort.Survey.Seen seen) {
    Set<IpAddress> here =
        seen.addresses().stream().map(VipPort.SeenAddress::ip).collect(Collectors.toSet());
    return ips.stream()
        .filter(ip -> IpAddress.parse(ip).filter(here::contains).isPresent())
        .sorted()
        .toList();
  }

  private LinkLookup link() {
    return configured.isEmpty()
        ? vips.links().interfaceHolding(address)
        : vips.links().lookup(configured);
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
    Optional<IpAddress> parsed = IpAddress.parse(ip);
    if (parsed.isEmpty()) {
      return "'" + ip + "' is not an IP address";
    }
    long called = ticker.nanos();
    LinkLookup link = link();
    Duration late = Duration.ofNanos(ticker.nanos() - called);
    return link instanceof LinkLookup.Found found
        ? notHeld(vips.hold(parsed.get(), found.name(), VipLifetime.carriedOut(lifetime, late)))
        : problem(link);
  }

  private static String notHeld(VipState state) {
    return switch (state) {
      case VipState.Held held -> held.problem();
      case VipState.Absent absent -> absent.ip() + " is not held: " + absent.problem();
      case VipState.Foreign foreign -> foreign(foreign);
      case VipState.Unknown unknown -> unknown.cause();
    };
  }

  private static String foreign(VipState.Foreign state) {
    return "%s is configured on %s by somebody else".formatted(state.ip(), state.interfaceName());
  }

  @Override
  public String release(String ip) {
    Optional<IpAddress> parsed = IpAddress.parse(ip);
    if (parsed.isEmpty()) {
      return "";
    }
    return switch (vips.release(parsed.get())) {
      case VipState.Held held -> "%s is still held: %s".formatted(ip, held.problem());
      case VipState.Absent _ -> "";
      case VipState.Foreign foreign -> foreign(foreign);
      case VipState.Unknown unknown -> unknown.cause();
    };
  }

  @Override
  public Probe probe(String ip) {
    Optional<IpAddress> parsed = IpAddress.parse(ip);
    if (parsed.isEmpty()) {
      return new Probe(ip, "Unknown", "it is not an IP address");
    }
    LinkLookup link = link();
    if (!(link instanceof LinkLookup.Found found)) {
      return new Probe(ip, "Unknown", problem(link));
    }
    return switch (vips.probe(parsed.get(), found.name())) {
      case ProbeResult.Free _ -> new Probe(ip, "Free", "");
      case ProbeResult.UsedBy used -> new Probe(ip, "Used", used.mac().toString());
      case ProbeResult.Unknown unknown -> new Probe(ip, "Unknown", unknown.cause());
    };
  }

  @Override
  public List<String> conflicts() {
    long now = ticker.nanos();
    conflicts.values().removeIf(heardAt -> now - heardAt > CONFLICT_TOLD_NANOS);
    return conflicts.keySet().stream().sorted().toList();
  }

  private void rememberConflict(VipConflict heard) {
    String text = "%s is at %s".formatted(heard.ip(), heard.mac());
    if (conflicts.put(text, ticker.nanos()) == null) {
      log.warn("another machine claims a virtual IP of this host: {}", text);
    }
  }

  @Override
  public void close() {
    vips.close();
  }
}
