package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.shared.agent.VipLifetime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A {@link VipPort} in memory, on a clock of the test's, for tests of those who use it. */
public final class FakeVip implements VipPort {
  private record Held(String interfaceName, Duration ends) {}

  private final Supplier<Duration> clock;
  private final String interfaceName;
  private final IpAddress node;
  private final Map<IpAddress, Held> held = new HashMap<>();
  private final List<String> orders = new ArrayList<>();
  private Optional<String> broken = Optional.empty();

  public FakeVip(Supplier<Duration> clock, String interfaceName, IpAddress node) {
    this.clock = clock;
    this.interfaceName = interfaceName;
    this.node = node;
  }

  /** From now on everything is unknown, for this cause; orders are not carried out. */
  public synchronized void breakDown(String cause) {
    broken = Optional.of(cause);
  }

  /** What was ordered, e.g. {@code hold 10.77.0.100 eth0 PT2S}, {@code release 10.77.0.100}. */
  public synchronized List<String> orders() {
    return List.copyOf(orders);
  }

  @Override
  public synchronized VipState observe(IpAddress ip) {
    return state(ip, "");
  }

  @Override
  public synchronized Survey survey() {
    if (broken.isPresent()) {
      return new Survey.Unknown(broken.get());
    }
    List<SeenAddress> seen = new ArrayList<>();
    seen.add(new SeenAddress(node, 24, interfaceName, Optional.empty()));
    held.keySet()
        .forEach(ip -> seen.add(new SeenAddress(ip, ip.hostPrefix(), interfaceName, left(ip))));
    return new Survey.Seen(seen);
  }

  @Override
  public synchronized VipState hold(IpAddress ip, String name, Duration lifetime) {
    orders.add("hold " + ip + " " + name + " " + lifetime);
    if (broken.isPresent() || ip.equals(node)) {
      return state(ip, "");
    }
    if (!ip.canBeVirtual()) {
      return state(ip, ip + " cannot be a virtual IP");
    }
    if (!name.equals(interfaceName)) {
      return state(ip, "this host has no interface " + name);
    }
    int seconds = VipLifetime.wholeSeconds(lifetime);
    if (seconds < 1) {
      held.remove(ip);
      return state(ip, VipPortContract.TOO_SHORT);
    }
    held.put(ip, new Held(name, clock.get().plusSeconds(seconds)));
    return state(ip, "");
  }

  @Override
  public synchronized VipState release(IpAddress ip) {
    orders.add("release " + ip);
    if (broken.isEmpty()) {
      held.remove(ip);
    }
    return state(ip, "");
  }

  private VipState state(IpAddress ip, String problem) {
    if (broken.isPresent()) {
      return new VipState.Unknown(ip, broken.get());
    }
    if (ip.equals(node)) {
      return new VipState.Foreign(ip, interfaceName, 24);
    }
    held.values().removeIf(vip -> vip.ends().compareTo(clock.get()) <= 0);
    return held.containsKey(ip)
        ? new VipState.Held(ip, interfaceName, left(ip), problem)
        : new VipState.Absent(ip, problem);
  }

  private Optional<Duration> left(IpAddress ip) {
    return Optional.ofNullable(held.get(ip))
        .map(vip -> Math.ceilDiv(vip.ends().minus(clock.get()).toMillis(), 1000L))
        .map(Duration::ofSeconds);
  }
}
