package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.ArpPacket;
import io.mysqlmmm.agent.wire.EthernetFrame;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.Ipv4Address;
import io.mysqlmmm.agent.wire.Ipv6Address;
import io.mysqlmmm.agent.wire.MacAddress;
import io.mysqlmmm.agent.wire.NdpAdvertisement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the link who holds a VIP, at {@link AnnounceTimes}: by ARP request <em>and</em> reply, as
 * some take the one and some the other only, or by unsolicited neighbour advertisement.
 *
 * <p>Right before each announcement the kernel is asked: only an address that is held is announced,
 * on the interface that holds it. One that is gone ends its series; when it is held again, {@link
 * #announce} must be called again. All VIPs share the alarm's thread.
 */
public final class ArpAnnouncer {
  private static final Logger log = LoggerFactory.getLogger(ArpAnnouncer.class);

  private final VipPort vip;
  private final Links links;
  private final FrameSender sender;
  private final Alarm alarm;
  private final Map<IpAddress, Series> running = new ConcurrentHashMap<>();

  /** One run through the times; a newer one for the same address replaces it. By identity. */
  private static final class Series {
    private int number;
    private String lastProblem = "";
  }

  public ArpAnnouncer(VipPort vip, Links links, FrameSender sender, Alarm alarm) {
    this.vip = vip;
    this.links = links;
    this.sender = sender;
    this.alarm = alarm;
  }

  /** Starts the series for {@code ip} from its beginning; sends nothing in the caller's thread. */
  public void announce(IpAddress ip) {
    Series series = new Series();
    running.put(ip, series);
    alarm.after(Duration.ZERO, () -> next(ip, series));
  }

  /** Ends the series for {@code ip}. What is just being sent is still sent. */
  public void stop(IpAddress ip) {
    running.remove(ip);
  }

  /** Whether a series for {@code ip} goes on. It may yet find that the address is gone. */
  boolean isAnnouncing(IpAddress ip) {
    return running.containsKey(ip);
  }

  private void next(IpAddress ip, Series series) {
    if (running.get(ip) != series) {
      return;
    }
    String problem =
        switch (vip.observe(ip)) {
          case VipState.Held held -> send(held);
          case VipState.Unknown unknown -> unknown.cause();
          case VipState.Absent absent -> end(ip, series);
          case VipState.Foreign foreign -> end(ip, series);
        };
    if (!problem.isEmpty() && !problem.equals(series.lastProblem)) {
      log.warn("{} could not be announced: {}", ip, problem);
    }
    series.lastProblem = problem;
    if (running.get(ip) == series) {
      alarm.after(AnnounceTimes.delayAfter(series.number++), () -> next(ip, series));
    }
  }

  private String end(IpAddress ip, Series series) {
    running.remove(ip, series);
    return "";
  }

  private String send(VipState.Held held) {
    if (held.remaining().equals(Optional.of(Duration.ZERO))) {
      return "its time is over, only the kernel is late to remove it";
    }
    return switch (links.lookup(held.interfaceName())) {
      case LinkLookup.Found link -> send(held.ip(), link);
      case LinkLookup.NotFound none -> none.what();
      case LinkLookup.Unknown unknown -> unknown.cause();
    };
  }

  /** Why nothing was sent, or not all; empty when all was. */
  private String send(IpAddress ip, LinkLookup.Found link) {
    try {
      for (EthernetFrame frame : frames(ip, link.mac())) {
        sender.send(link, frame);
      }
      return "";
    } catch (PosixException failed) {
      return link.name() + ": " + failed.getMessage();
    }
  }

  private static List<EthernetFrame> frames(IpAddress ip, MacAddress mac) {
    return switch (ip) {
      case Ipv4Address v4 ->
          List.of(
              ArpPacket.announcingRequest(mac, v4).broadcast(),
              ArpPacket.announcingReply(mac, v4).broadcast());
      case Ipv6Address v6 -> List.of(new NdpAdvertisement(v6, mac).multicast());
    };
  }
}
