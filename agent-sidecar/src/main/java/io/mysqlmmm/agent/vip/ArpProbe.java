package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.AddressClaim;
import io.mysqlmmm.agent.wire.ArpPacket;
import io.mysqlmmm.agent.wire.EthernetFrame;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.Ipv4Address;
import io.mysqlmmm.agent.wire.Ipv6Address;
import io.mysqlmmm.agent.wire.MacAddress;
import io.mysqlmmm.agent.wire.NdpProbe;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the network whether an address is in use by somebody else: three probes in {@link #BOUND},
 * by ARP (RFC 5227 section 2.1) or duplicate address detection (RFC 4862 section 5.4), without
 * claiming the address or changing anyone's tables.
 *
 * <p>RFC 5227 waits up to 7 s for slow hosts; here the question is asked while a user waits, of
 * hosts on the same switch, so the times are shorter by an order. Who only probes the address at
 * the same moment, as the peer's agent may, does not use it: unlike in the RFC that is no conflict.
 * An address that this host itself holds is Free if nobody else has it.
 */
public final class ArpProbe {
  /** The longest a probe takes. */
  public static final Duration BOUND = Duration.ofMillis(600);

  private static final int PROBES = 3;
  private static final Duration INTERVAL = BOUND.dividedBy(PROBES);

  /** In one interval; more is a storm, in which no answer can be waited for. */
  private static final int MAX_FRAMES = 10_000;

  private final PosixC c;
  private final Links links;

  public ArpProbe(PosixC c, Links links) {
    this.c = c;
    this.links = links;
  }

  /** Asks on the named interface; blocks its thread for {@link #BOUND} if nobody answers. */
  public ProbeResult probe(IpAddress ip, String interfaceName) {
    return switch (links.lookup(interfaceName)) {
      case LinkLookup.NotFound none -> new ProbeResult.Unknown(none.what());
      case LinkLookup.Unknown unknown -> new ProbeResult.Unknown(unknown.cause());
      case LinkLookup.Found link when !link.up() ->
          new ProbeResult.Unknown("interface " + interfaceName + " is down or has no carrier");
      case LinkLookup.Found link -> probe(ip, link);
    };
  }

  private ProbeResult probe(IpAddress ip, LinkLookup.Found link) {
    EthernetFrame question = question(ip, link.mac());
    try (FrameSocket socket = FrameSocket.open(c, ip.family(), link.index())) {
      Duration next = c.bootTime();
      for (int i = 0; i < PROBES; i++) {
        socket.send(question);
        next = next.plus(INTERVAL);
        Optional<MacAddress> holder = holderUntil(next, ip, socket);
        if (holder.isPresent()) {
          return new ProbeResult.UsedBy(holder.get());
        }
      }
      return new ProbeResult.Free();
    } catch (PosixException failed) {
      return new ProbeResult.Unknown(String.valueOf(failed.getMessage()));
    }
  }

  /** Reads also what arrived in time while this thread was kept waiting. */
  private Optional<MacAddress> holderUntil(Duration end, IpAddress ip, FrameSocket socket)
      throws PosixException {
    for (int i = 0; i < MAX_FRAMES; i++) {
      Duration left = end.minus(c.bootTime());
      Optional<byte[]> frame = socket.receive(left);
      Optional<MacAddress> holder =
          frame
              .flatMap(AddressClaim::in)
              .filter(claim -> claim.ip().equals(ip))
              .map(AddressClaim::mac)
              .filter(mac -> !links.isLocal(mac));
      if (holder.isPresent() || (frame.isEmpty() && !left.isPositive())) {
        return holder;
      }
    }
    return Optional.empty();
  }

  private static EthernetFrame question(IpAddress ip, MacAddress mac) {
    return switch (ip) {
      case Ipv4Address v4 -> ArpPacket.probe(mac, v4).broadcast();
      case Ipv6Address v6 -> new NdpProbe(v6, mac).multicast();
    };
  }
}
