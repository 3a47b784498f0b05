package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlmmm.agent.wire.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what {@code ip} says, on a real kernel. */
@Privileged
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetlinkVipOnLinuxTest implements VipPortContract {
  private static final IpAddress IP4 = IpAddress.of(VIP4);
  private static final IpAddress IP6 = IpAddress.of(VIP6);
  private static final Duration LONG = Duration.ofSeconds(60);

  private VethPair pair;
  private NetlinkVip vip;

  @BeforeAll
  void connect() throws IOException {
    pair = VethPair.create();
    vip = new NetlinkVip(pair.here().posix(), Set.of(NODE));
  }

  @AfterEach
  void release() {
    vip.release(IP4);
    vip.release(IP6);
  }

  @AfterAll
  void disconnect() {
    vip.close();
    pair.close();
  }

  @Override
  public VipPort port() {
    return vip;
  }

  @Test
  void ipShowsASecondaryDeprecatedAddressWithAnEnd() {
    vip.hold(IP4, ETH0, LONG);
    vip.hold(IP6, ETH0, LONG);

    String four = ip("-4", "addr", "show", "dev", "eth0");
    assertThat(four)
        .containsPattern(
            "(?s)inet 10.77.0.11/24 .*"
                + "inet 10.77.0.100/32 scope global deprecated dynamic noprefixroute eth0\\s+"
                + "valid_lft \\d\\dsec preferred_lft 0sec");
    assertThat(ip("-6", "addr", "show", "dev", "eth0"))
        .containsPattern(
            "inet6 2001:db8:77::100/128 scope global nodad deprecated dynamic noprefixroute\\s+"
                + "valid_lft \\d\\dsec preferred_lft 0sec");
  }

  @ParameterizedTest
  @ValueSource(strings = {VIP4, VIP6})
  void aClientOfAVipThatGoesIsToldAtOnce(String text) throws Exception {
    IpAddress ip = IpAddress.of(text);
    vip.hold(ip, ETH0, LONG);
    InetAddress address = InetAddress.getByName(text);
    try (ServerSocketChannel server =
            pair.here().call(() -> ServerSocketChannel.open().bind(new InetSocketAddress(0)));
        SocketChannel client =
            pair.peer()
                .call(
                    () -> {
                      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
                      return SocketChannel.open(new InetSocketAddress(address, port));
                    });
        SocketChannel other =
            pair.peer()
                .call(
                    () -> {
                      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
                      return SocketChannel.open(
                          new InetSocketAddress(InetAddress.getByName("10.77.0.11"), port));
                    });
        SocketChannel _ = server.accept();
        SocketChannel _ = server.accept()) {
      vip.release(ip);

      assertThatThrownBy(() -> client.read(ByteBuffer.allocate(1)))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThat(other.write(ByteBuffer.wrap(new byte[1]))).as("of the node's own").isOne();
      other.configureBlocking(false);
      assertThat(other.read(ByteBuffer.allocate(1))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {VIP4, VIP6})
  void whereAVipWasBeforeIsForgottenWhenItGoes(String text) {
    IpAddress ip = IpAddress.of(text);
    ip("neigh", "replace", text, "lladdr", "02:00:00:00:00:99", "dev", "eth0");
    vip.hold(ip, ETH0, LONG);

    vip.release(ip);

    assertThat(ip("neigh", "show", "to", text)).isEmpty();
  }

  @Test
  void noConnectionLeavesFromAVip() {
    vip.hold(IP4, ETH0, LONG);
    vip.hold(IP6, ETH0, LONG);

    assertThat(ip("route", "get", "10.77.0.12")).contains("src 10.77.0.11 ");
    assertThat(ip("route", "get", "2001:db8:77::12")).contains("src 2001:db8:77::11 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {VIP4, VIP6})
  void theKernelRemovesItWhenItsTimeIsOverAndNothingElse(String text) {
    IpAddress ip = IpAddress.of(text);
    String before = ip("-brief", "addr");
    Duration start = pair.here().posix().bootTime();
    Duration remaining = holdBriefly(ip);

    Eventually.eventually(() -> assertThat(vip.observe(ip)).isEqualTo(new VipState.Absent(ip, "")));

    assertThat(pair.here().posix().bootTime().minus(start))
        .isGreaterThan(remaining.minusMillis(50));
    assertThat(ip("-brief", "addr")).isEqualTo(before);
  }

  /** A machine that is busy enough leaves nothing of two seconds; then again. */
  private Duration holdBriefly(IpAddress ip) {
    while (true) {
      VipState state = vip.hold(ip, ETH0, Duration.ofSeconds(2));
      if (state instanceof VipState.Held held) {
        return held.remaining().orElseThrow();
      }
    }
  }

  @Test
  void aRefreshKeepsItBeyondItsFirstEnd() {
    vip.hold(IP4, ETH0, Duration.ofSeconds(1));

    vip.hold(IP4, ETH0, LONG);

    assertThat(ip("addr", "show", "dev", "eth0")).containsPattern("valid_lft \\d\\dsec");
  }

  @Test
  void takesOverWhatAnotherProgramLeftAndLeavesSubnetsAlone() {
    ip("addr", "add", "10.77.0.100/32", "dev", "lo");
    ip("addr", "add", "10.77.0.100/32", "dev", "eth0");
    ip("addr", "add", "10.77.0.102/24", "dev", "eth0");
    IpAddress configured = IpAddress.of("10.77.0.102");

    assertThat(vip.hold(IP4, ETH0, LONG)).isInstanceOf(VipState.Held.class);
    assertThat(vip.release(configured)).isEqualTo(new VipState.Foreign(configured, ETH0, 24));

    assertThat(ip("addr")).containsOnlyOnce("10.77.0.100/32").contains("10.77.0.102/24");
    ip("addr", "del", "10.77.0.102/24", "dev", "eth0");
  }

  @Test
  void movesBehindTheNodesAddressWhenThatWasAddedAgain() {
    vip.hold(IP4, ETH0, LONG);
    ip("addr", "del", "10.77.0.11/24", "dev", "eth0");
    ip("addr", "add", "10.77.0.11/24", "dev", "eth0");
    assertThat(ip("-4", "addr")).containsSubsequence("10.77.0.100/32", "10.77.0.11/24");

    vip.hold(IP4, ETH0, LONG);

    assertThat(ip("-4", "addr")).containsSubsequence("10.77.0.11/24", "10.77.0.100/32");
  }

  @Test
  void findsInterfacesByNameAndAddress() {
    try (NetlinkLinks links = new NetlinkLinks(pair.here().posix())) {
      LinkLookup byName = links.lookup(ETH0);

      assertThat(byName)
          .isInstanceOfSatisfying(
              LinkLookup.Found.class,
              found -> {
                assertThat(found.mac()).isEqualTo(VethPair.HERE_MAC);
                assertThat(found.up()).isTrue();
              });
      assertThat(links.interfaceHolding(NODE)).isEqualTo(byName);
      assertThat(links.interfaceHolding(IpAddress.of("2001:db8:77::11"))).isEqualTo(byName);
      assertThat(links.lookup("eth7")).isInstanceOf(LinkLookup.NotFound.class);
      assertThat(links.lookup("lo")).isInstanceOf(LinkLookup.Unknown.class);
      assertThat(links.isLocal(VethPair.PEER_MAC)).isFalse();
    }
  }

  /** Well under a millisecond on an idle machine; the limit is for one that does other work. */
  @Test
  void anOrderTakesLittleTime() {
    long[] nanos = new long[300];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      vip.hold(IP4, ETH0, LONG);
      vip.release(IP4);
      nanos[i] = (System.nanoTime() - start) / 2;
    }
    Arrays.sort(nanos);
    System.out.printf("VIP order: median %d µs, p99 %d µs%n", nanos[150] / 1000, nanos[297] / 1000);

    assertThat(Duration.ofNanos(nanos[150])).isLessThan(Duration.ofMillis(5));
  }

  private String ip(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "ip";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return pair.here().run(command);
  }
}
