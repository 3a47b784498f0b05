package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** mysqld and agent killed, and frozen as by swapping or a debugger. */
final class ProcessFaults {
  /** Longer than a lease and its margin. */
  private static final Duration FROZEN = Duration.ofSeconds(8);

  /** Shorter than a lease. */
  private static final Duration HICCUP = Duration.ofSeconds(1);

  private ProcessFaults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    for (Side side : Side.values()) {
      String of = side.word();
      all.add(Fault.stroke(of + "-mysqld-killed", kill(s -> Processes.mysqld(s.host(side)))));
      all.add(Fault.stroke(of + "-agent-killed", kill(s -> Processes.agent(s.host(side)))));
      all.add(
          Fault.lasting(
              of + "-mysqld-frozen", FROZEN, freeze(s -> Processes.mysqld(s.host(side)))));
      all.add(
          Fault.lasting(of + "-agent-frozen", FROZEN, freeze(s -> Processes.agent(s.host(side)))));
      all.add(
          Fault.lasting(of + "-agent-hiccup", HICCUP, freeze(s -> Processes.agent(s.host(side)))));
      all.add(
          Fault.stroke(of + "-agent-and-mysqld-killed", kill(s -> agentAndMysqld(s.host(side)))));
    }
    all.add(
        Fault.lasting(
            "writer-agent-and-mysqld-frozen", FROZEN, freeze(s -> agentAndMysqld(s.writer()))));
    all.add(Fault.stroke("both-mysqld-killed", kill(ProcessFaults::bothMysqld)));
    return all;
  }

  /** Which processes. */
  private interface Choice {
    List<String> of(Scene scene);
  }

  private static Fault.Injection kill(Choice choice) {
    return scene -> {
      Processes.signal("KILL", choice.of(scene));
      return Fault.Undo.NOTHING;
    };
  }

  private static Fault.Injection freeze(Choice choice) {
    return scene -> Processes.freeze(choice.of(scene));
  }

  private static List<String> agentAndMysqld(String host) {
    return Stream.of(Processes.agent(host), Processes.mysqld(host)).flatMap(List::stream).toList();
  }

  private static List<String> bothMysqld(Scene scene) {
    return Stream.of(Processes.mysqld(scene.writer()), Processes.mysqld(scene.standby()))
        .flatMap(List::stream)
        .toList();
  }
}
