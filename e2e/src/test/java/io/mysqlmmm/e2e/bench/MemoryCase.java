package io.mysqlmmm.e2e.bench;

import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.chaos.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the project's own processes hold in memory (VmRSS), with one pair, after the cases before.
 */
final class MemoryCase {
  private static final String NAMESPACE = "mysql-mmm-system";

  private MemoryCase() {}

  static List<Figure> measure(Ground ground) throws IOException {
    ground.awaitWell();
    List<String> agents =
        PairUnderTest.HOSTS.stream().flatMap(host -> Processes.agent(host).stream()).toList();
    List<String> operators =
        ground.client().pods().inNamespace(NAMESPACE).list().getItems().stream()
            .flatMap(pod -> Processes.operator(pod.getMetadata().getName()).stream())
            .toList();
    return List.of(
        figure("resident: agents of the pair", "80 MiB each", agents, "-"),
        figure("resident: operators, at 1 pair", "128 MiB each", operators, "Strimzi 384 MiB"));
  }

  private static Figure figure(String what, String target, List<String> pids, String others)
      throws IOException {
    List<Long> mebibytes = new ArrayList<>();
    for (String pid : pids) {
      mebibytes.add(residentMebibytes(pid));
    }
    String measured =
        mebibytes.stream().sorted().map(String::valueOf).collect(Collectors.joining(" and "));
    return new Figure(what, target, measured + " MiB", mebibytes.size(), others);
  }

  private static long residentMebibytes(String pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no VmRSS of process " + pid));
  }
}
