package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A pod's agent has two capabilities for this; another process must need no more. */
@Privileged
class CapabilitiesOnLinuxTest {
  /** CAP_NET_ADMIN is bit 12, CAP_NET_RAW bit 13 (linux/capability.h). */
  private static final String NET_ADMIN_AND_NET_RAW = "CapEff:\t0000000000003000";

  @Test
  void needsNoMoreThanNetAdminAndNetRaw() throws IOException, InterruptedException {
    try (VethPair pair = VethPair.create()) {
      String oldHolder = "02:00:00:00:00:99";
      String[] known = {
        "ip", "neigh", "replace", "10.77.0.100", "lladdr", oldHolder, "dev", "eth0", "nud", "stale"
      };
      pair.peer().run(known);
      Process agent = start(pair);
      try (BufferedReader output = agent.inputReader(StandardCharsets.UTF_8)) {
        assertThat(lines(output, 4))
            .satisfiesExactly(
                line -> assertThat(line).isEqualTo(NET_ADMIN_AND_NET_RAW),
                line -> assertThat(line).isEqualTo("Free[]"),
                line -> assertThat(line).startsWith("Held[ip=10.77.0.100, interfaceName=eth0"),
                line -> assertThat(line).isEqualTo("held; end of input releases"));
        Eventually.eventually(
            () ->
                assertThat(pair.peer().run("ip", "neigh", "show", "10.77.0.100"))
                    .contains(VethPair.HERE_MAC.toString()));

        agent.getOutputStream().close();

        assertThat(output.readLine()).isEqualTo("Absent[ip=10.77.0.100, problem=]");
        assertThat(agent.waitFor()).isZero();
      } finally {
        agent.destroyForcibly();
      }
    }
  }

  private static Process start(VethPair pair) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            "nsenter",
            "--net=" + pair.here().path(),
            "setpriv",
            "--bounding-set=-all,+net_admin,+net_raw",
            "--inh-caps=-all",
            "--no-new-privs",
            java.toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--illegal-native-access=deny",
            "-cp",
            System.getProperty("java.class.path"),
            VipSmoke.class.getName(),
            "10.77.0.100",
            "eth0")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> lines(BufferedReader output, int count) {
    return output.lines().limit(count).collect(Collectors.toList());
  }
}
