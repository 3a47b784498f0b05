package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.MacAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetlinkLinksTest {
  private static final LinkLookup ETH0 =
      new LinkLookup.Found(FakeKernel.ETH0_INDEX, FakeKernel.ETH0, FakeKernel.ETH0_MAC, true);

  private final FakeKernel kernel = new FakeKernel();
  private final NetlinkLinks links = new NetlinkLinks(kernel);

  @Test
  void findsAnInterfaceByNameAndByAddress() {
    assertThat(links.lookup("eth0")).isEqualTo(ETH0);
    assertThat(links.interfaceHolding(FakeKernel.NODE)).isEqualTo(ETH0);
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(links.lookup("eth7"))
        .isEqualTo(new LinkLookup.NotFound("this host has no interface eth7"));
    assertThat(links.lookup("much-too-long-for-a-name"))
        .isEqualTo(new LinkLookup.NotFound("this host has no interface much-too-long-for-a-name"));
    assertThat(links.interfaceHolding(IpAddress.of("10.77.0.12")))
        .isEqualTo(new LinkLookup.NotFound("no interface of this host has the address 10.77.0.12"));
  }

  @Test
  void offersNoInterfaceThatIsNotEthernet() {
    assertThat(links.lookup("lo"))
        .isEqualTo(
            new LinkLookup.Unknown("interface lo is not Ethernet, so it can hold no virtual IP"));
  }

  @Test
  void seesThatAnInterfaceIsDown() {
    kernel.rtnetlink.link(2, "eth0", Optional.of(FakeKernel.ETH0_MAC), 0x1003);

    assertThat(links.lookup("eth0"))
        .isEqualTo(new LinkLookup.Found(2, "eth0", FakeKernel.ETH0_MAC, false));
  }

  @Test
  void isUnknownWhenTheKernelCannotBeAsked() {
    kernel.failReceives(Errno.ENOBUFS, Errno.ENOBUFS, Errno.ENOBUFS, Errno.ENOBUFS);

    assertThat(links.lookup("eth0")).isEqualTo(new LinkLookup.Unknown("recv: ENOBUFS"));
    assertThat(links.isLocal(FakeKernel.ETH0_MAC)).isFalse();
  }

  @Test
  void knowsItsOwnHardwareAddresses() {
    assertThat(links.isLocal(FakeKernel.ETH0_MAC)).isTrue();
    assertThat(links.isLocal(MacAddress.of("02:00:00:00:00:99"))).isFalse();
  }
}
