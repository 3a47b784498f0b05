package io.mysqlmmm.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.vip.Privileged;
import io.mysqlmmm.agent.vip.VethPair;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An IP's way through the kernel and back, in whatever way it is written. */
@Privileged
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelNetworkOnLinuxTest {
  private VethPair pair;
  private KernelNetwork here;
  private KernelNetwork peer;

  @BeforeAll
  void connect() throws IOException {
    pair = VethPair.create();
    here = new KernelNetwork(pair.here().posix(), "10.77.0.11", "", Ticker.system());
    peer = new KernelNetwork(pair.peer().posix(), "2001:db8:77::12", "", Ticker.system());
  }

  @AfterAll
  void disconnect() {
    here.close();
    peer.close();
    pair.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.77.0.100", "2001:db8:77::100", "2001:0DB8:77:0::0100"})
  void anIpIsToldAsItWasAskedForAndGoesWhenToldSo(String ip) {
    Set<String> asked = Set.of(ip, "10.77.0.101", "2001:db8:77::101");
    assertThat(here.look(asked).held()).isEmpty();

    assertThat(here.hold(ip, Duration.ofSeconds(60))).isEmpty();

    assertThat(here.look(asked)).isEqualTo(new Network.Look("eth0", "", List.of(ip), true));
    assertThat(peer.probe(ip))
        .isEqualTo(new Network.Probe(ip, "Used", VethPair.HERE_MAC.toString()));
    assertThat(here.probe(ip).result()).isEqualTo("Free");
    assertThat(here.release(ip)).isEmpty();
    assertThat(here.look(asked).held()).isEmpty();
    assertThat(peer.probe(ip)).isEqualTo(new Network.Probe(ip, "Free", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.77.0.11", "2001:db8:77::11"})
  void theHostsOwnAddressIsNeverTouched(String ip) {
    assertThat(here.hold(ip, Duration.ofSeconds(60))).isNotEmpty();
    assertThat(here.release(ip)).contains("somebody else");
    assertThat(pair.here().run("ip", "addr")).contains(ip + "/");
  }
}
