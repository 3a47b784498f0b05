package io.mysqlmmm.e2e.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.chaos.Clock;
import io.mysqlmmm.e2e.chaos.Fault;
import io.mysqlmmm.e2e.chaos.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** API server and operators are frozen for a minute. */
final class ControlPlaneCase {
  private static final Duration AWAY = Duration.ofSeconds(60);
  private static final String NAMESPACE = "mysql-mmm-system";

  private ControlPlaneCase() {}

  static List<Figure> measure(Ground ground, int runs) throws Fault.Skipped {
    List<Duration> gaps = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      ground.awaitWell();
      List<String> operators = operators(ground);
      long start = ground.clock().now();
      ground.undos().add(Processes.freeze(operators));
      Lab.lab("signal", "STOP", "apiserver");
      ground.undos().add(() -> Lab.lab("signal", "CONT", "apiserver"));
      Clock.pass(AWAY);
      gaps.add(ground.clients().longestGap(start, ground.clock().now()));
      ground.undos().runAll().forEach(System.err::println);
    }
    return List.of(
        Figure.of(
            "operators and API server away for 60 s, longest write gap",
            "0 (no gap of its own)",
            new Sample(gaps),
            "Patroni may demote"));
  }

  private static List<String> operators(Ground ground) {
    return ground.client().pods().inNamespace(NAMESPACE).list().getItems().stream()
        .map((Pod pod) -> pod.getMetadata().getName())
        .flatMap(name -> Processes.operator(name).stream())
        .toList();
  }
}
