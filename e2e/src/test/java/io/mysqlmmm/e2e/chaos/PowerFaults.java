package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The power of a node is cut: silent at once, its containers' processes gone, and of the pair's
 * data what was not synced to disk; back after a while, in another boot.
 */
final class PowerFaults {
  /** Longer than a lease and its margin. */
  private static final Duration OFF = Duration.ofSeconds(8);

  private PowerFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.lasting("writer-power-cut", OFF, s -> cut(List.of(s.writer()))),
        Fault.lasting("standby-power-cut", OFF, s -> cut(List.of(s.standby()))),
        Fault.lasting("both-power-cut", OFF, s -> cut(List.of(s.writer(), s.standby()))));
  }

  private static Fault.Undo cut(List<String> hosts) throws Fault.Skipped {
    for (String host : hosts) {
      DataVolume.of(host).requireLimited();
    }
    List<Fault.Undo> undos = new ArrayList<>();
    for (String host : hosts) {
      undos.add(cut(host));
    }
    return Fault.Undo.all(undos);
  }

  static Fault.Undo cut(String host) throws Fault.Skipped {
    String node = PairUnderTest.node(host);
    DataVolume volume = DataVolume.of(host);
    Fault.Undo kubelet = PodFaults.stopKubelet(node);
    Fault.Undo cable = NetworkFaults.linkDown(node);
    volume.loseUnsynced();
    List<String> pids = Processes.onNode(node);
    if (!pids.isEmpty()) {
      Processes.signal("KILL", pids);
    }
    // The kernel's addresses do not outlive it.
    Lab.onNode(
        node,
        "sh",
        "-c",
        "ip -o -4 address show dev eth0 | awk '$4 ~ \"/32$\" { print $4 }'"
            + " | xargs -r -n 1 ip address delete dev eth0");
    return () -> {
      volume.mountAnew(host);
      kubelet.run();
      cable.run();
    };
  }
}
