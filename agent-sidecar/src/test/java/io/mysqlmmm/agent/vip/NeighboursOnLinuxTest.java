package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.AddressClaim;
import io.mysqlmmm.agent.wire.ArpPacket;
import io.mysqlmmm.agent.wire.EthernetFrame;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.Ipv4Address;
import io.mysqlmmm.agent.wire.Ipv6Address;
import io.mysqlmmm.agent.wire.NdpAdvertisement;
import io.mysqlmmm.agent.wire.NdpProbe;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the other end of the cable sees, and what is heard from it. */
@Privileged
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeighboursOnLinuxTest {
  private static final Ipv4Address VIP = Ipv4Address.parse("10.77.0.100").orElseThrow();
  private static final Ipv6Address VIP6 = Ipv6Address.parse("2001:db8:77::100").orElseThrow();
  private static final String ETH0 = "eth0";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String OLD_HOLDER = "02:00:00:00:00:99";

  private VethPair pair;
  private PosixC here;
  private PosixC peer;
  private NetlinkVip vip;
  private NetlinkLinks links;
  private PacketSender sender;
  private ThreadAlarm alarm;
  private ArpAnnouncer announcer;

  @BeforeAll
  void connect() throws IOException {
    pair = VethPair.create();
    here = pair.here().posix();
    peer = pair.peer().posix();
    vip = new NetlinkVip(here, Set.of());
    links = new NetlinkLinks(here);
    sender = new PacketSender(here);
    alarm = new ThreadAlarm("announce");
    announcer = new ArpAnnouncer(vip, links, sender, alarm);
  }

  @AfterEach
  void release() {
    if (vip.survey() instanceof VipPort.Survey.Seen seen) {
      for (VipPort.SeenAddress address : seen.addresses()) {
        announcer.stop(address.ip());
        vip.release(address.ip());
      }
    }
  }

  @AfterAll
  void disconnect() {
    alarm.close();
    sender.close();
    links.close();
    vip.close();
    pair.close();
  }

  @Test
  void thePeerSeesRequestAndReply() throws PosixException {
    Ipv4Address ip = Ipv4Address.parse("10.77.0.110").orElseThrow();
    try (NetlinkLinks peersLinks = new NetlinkLinks(peer);
        FrameSocket ears = FrameSocket.open(peer, ip.family(), index(peersLinks))) {
      vip.hold(ip, ETH0, LONG);
      announcer.announce(ip);

      assertThat(nextFrame(ears, ip))
          .isEqualTo(ArpPacket.announcingRequest(VethPair.HERE_MAC, ip).broadcast());
      assertThat(nextFrame(ears, ip))
          .isEqualTo(ArpPacket.announcingReply(VethPair.HERE_MAC, ip).broadcast());
    }
  }

  @Test
  void thePeerSeesNeighbourAdvertisementsAndNoOtherIpv6() throws PosixException {
    Ipv6Address ip = Ipv6Address.parse("2001:db8:77::110").orElseThrow();
    try (NetlinkLinks peersLinks = new NetlinkLinks(peer);
        FrameSocket ears = FrameSocket.open(peer, ip.family(), index(peersLinks))) {
      // The kernel's filter must not let this through.
      sender.send(
          (LinkLookup.Found) links.lookup(ETH0), new NdpProbe(ip, VethPair.HERE_MAC).multicast());
      vip.hold(ip, ETH0, LONG);
      announcer.announce(ip);

      assertThat(nextFrame(ears, ip))
          .isEqualTo(new NdpAdvertisement(ip, VethPair.HERE_MAC).multicast());
    }
  }

  @Test
  void thePeersNeighbourTableFollows() {
    vip.hold(VIP, ETH0, LONG);
    vip.hold(VIP6, ETH0, LONG);
    for (IpAddress ip : Set.of(VIP, VIP6)) {
      String text = ip.toString();
      String[] old = {
        "ip", "neigh", "replace", text, "lladdr", OLD_HOLDER, "dev", ETH0, "nud", "reachable"
      };
      pair.peer().run(old);

      announcer.announce(ip);

      Eventually.eventually(
          () ->
              assertThat(pair.peer().run("ip", "neigh", "show", text))
                  .contains(VethPair.HERE_MAC.toString()));
    }
  }

  @Test
  void theProbeFindsAUsedAndAFreeAddress() {
    vip.hold(VIP, ETH0, LONG);
    vip.hold(VIP6, ETH0, LONG);
    try (NetlinkLinks peersLinks = new NetlinkLinks(peer)) {
      ArpProbe probe = new ArpProbe(peer, peersLinks);

      assertThat(probe.probe(VIP, ETH0)).isEqualTo(new ProbeResult.UsedBy(VethPair.HERE_MAC));
      assertThat(probe.probe(VIP6, ETH0)).isEqualTo(new ProbeResult.UsedBy(VethPair.HERE_MAC));
      assertThat(probe.probe(IpAddress.of("10.77.0.200"), ETH0)).isEqualTo(new ProbeResult.Free());
      assertThat(probe.probe(IpAddress.of("2001:db8:77::200"), ETH0))
          .isEqualTo(new ProbeResult.Free());
      assertThat(pair.here().run("ip", "neigh")).doesNotContain("10.77.0.200");
    }
  }

  @Test
  void aHolderIsNotDisturbedByItsOwnAddress() {
    vip.hold(VIP, ETH0, LONG);

    assertThat(new ArpProbe(here, links).probe(VIP, ETH0)).isEqualTo(new ProbeResult.Free());
  }

  @Test
  void theWatchHearsTheOtherClaimant() throws InterruptedException, PosixException {
    vip.hold(VIP, ETH0, LONG);
    vip.hold(VIP6, ETH0, LONG);
    LinkedBlockingQueue<VipConflict> conflicts = new LinkedBlockingQueue<>();
    ConflictJudge judge = new ConflictJudge(vip, links, InstantSource.system(), conflicts::add);
    judge.watch(Set.of(VIP, VIP6));
    try (VipWatch watch = new VipWatch(here, links, ETH0, judge);
        NetlinkLinks peersLinks = new NetlinkLinks(peer);
        PacketSender peersSender = new PacketSender(peer)) {
      watch.start();
      LinkLookup.Found out = (LinkLookup.Found) peersLinks.lookup(ETH0);
      for (IpAddress ip : new IpAddress[] {VIP, VIP6}) {
        Optional<VipConflict> conflict = Optional.empty();
        for (int i = 0; i < 100 && conflict.isEmpty(); i++) {
          peersSender.send(out, claim(ip));
          conflict = Optional.ofNullable(conflicts.poll(100, TimeUnit.MILLISECONDS));
        }

        assertThat(conflict.map(c -> new AddressClaim(c.ip(), c.mac())))
            .contains(new AddressClaim(ip, VethPair.PEER_MAC));
        conflicts.clear();
      }
    }
  }

  private static EthernetFrame claim(IpAddress ip) {
    return switch (ip) {
      case Ipv4Address v4 -> ArpPacket.announcingReply(VethPair.PEER_MAC, v4).broadcast();
      case Ipv6Address v6 -> new NdpAdvertisement(v6, VethPair.PEER_MAC).multicast();
    };
  }

  /** The next claim for {@code ip}; whatever passes the kernel's filter must be a claim. */
  private static EthernetFrame nextFrame(FrameSocket ears, IpAddress ip) throws PosixException {
    while (true) {
      byte[] frame = ears.receive(Duration.ofSeconds(30)).orElseThrow();
      Optional<AddressClaim> claim = AddressClaim.in(frame);
      assertThat(claim.isPresent() || ip instanceof Ipv4Address).isTrue();
      if (claim.filter(heard -> heard.ip().equals(ip)).isPresent()) {
        return EthernetFrame.parse(frame).orElseThrow();
      }
    }
  }

  private static int index(Links links) {
    return ((LinkLookup.Found) links.lookup(ETH0)).index();
  }
}
