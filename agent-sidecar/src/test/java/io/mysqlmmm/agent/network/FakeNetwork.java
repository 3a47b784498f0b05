package io.mysqlmmm.agent.network;

import io.mysqlmmm.agent.wire.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** A network on which everything works, unless told otherwise. */
public final class FakeNetwork implements Network {
  public final Set<String> held = new ConcurrentSkipListSet<>();
  public final Set<String> refused = new TreeSet<>();
  private final Consumer<String> log;

  /** Each change is told to {@code log}. */
  public FakeNetwork(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public synchronized Look look(Set<String> ips) {
    return new Look(
        "eth0", "", ips.stream().filter(ip -> !copies(ip).isEmpty()).sorted().toList(), true);
  }

  /** Under whatever name: the kernel knows addresses only. */
  private List<String> copies(String ip) {
    return held.stream().filter(h -> IpAddress.of(h).equals(IpAddress.of(ip))).toList();
  }

  @Override
  public synchronized String hold(String ip, Duration lifetime) {
    if (refused.contains(ip)) {
      return ip + " is configured on eth0 by somebody else";
    }
    if (copies(ip).isEmpty()) {
      log.accept("hold " + ip);
      held.add(ip);
    }
    return "";
  }

  @Override
  public synchronized String release(String ip) {
    if (!copies(ip).isEmpty()) {
      log.accept("drop " + ip);
      held.removeAll(copies(ip));
    }
    return "";
  }

  @Override
  public Probe probe(String ip) {
    return new Probe(ip, "Free", "");
  }

  @Override
  public List<String> conflicts() {
    return List.of();
  }
}
