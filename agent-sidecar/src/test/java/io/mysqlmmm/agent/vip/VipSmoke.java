package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.ForeignPosixC;
import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.wire.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A process of its own that does everything once with whatever capabilities it was given. */
final class VipSmoke {
  private VipSmoke() {}

  public static void main(String[] args) throws IOException {
    PosixC c = new ForeignPosixC();
    IpAddress ip = IpAddress.of(args[0]);
    String eth0 = args[1];
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("CapEff"))
        .forEach(System.out::println);
    try (NetlinkVip vip = new NetlinkVip(c, Set.of());
        NetlinkLinks links = new NetlinkLinks(c);
        PacketSender sender = new PacketSender(c);
        ThreadAlarm alarm = new ThreadAlarm("announce")) {
      System.out.println(new ArpProbe(c, links).probe(ip, eth0));
      System.out.println(vip.hold(ip, eth0, Duration.ofMinutes(5)));
      new ArpAnnouncer(vip, links, sender, alarm).announce(ip);
      System.out.println("held; end of input releases");
      while (System.in.read() >= 0) {}
      System.out.println(vip.release(ip));
    }
  }
}
