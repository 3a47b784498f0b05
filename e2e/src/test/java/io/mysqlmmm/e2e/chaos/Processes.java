package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Command;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and signals the product's processes in the nodes' containers. */
public final class Processes {
  private Processes() {}

  public static List<String> mysqld(String host) {
    return Lab.pids(PairUnderTest.node(host), "mysqld");
  }

  /** A JVM that is not an operator's. */
  public static List<String> agent(String host) {
    return Lab.pids(PairUnderTest.node(host), "java").stream()
        .filter(pid -> podOfOperator(pid).isEmpty())
        .toList();
  }

  public static List<String> operator(String pod) {
    return Lab.NODES.stream()
        .flatMap(node -> Lab.pids(node, "java").stream())
        .filter(pid -> podOfOperator(pid).equals(Optional.of(pod)))
        .toList();
  }

  /**
   * All there is on a node of the product: the script around mysqld first, or it starts another.
   */
  static List<String> onNode(String node) {
    return Stream.of("sh", "mysqld", "java")
        .flatMap(name -> Lab.pids(node, name).stream())
        .toList();
  }

  private static Optional<String> podOfOperator(String pid) {
    String prefix = "MMM_POD_NAME=";
    return environment(pid).stream()
        .filter(entry -> entry.startsWith(prefix))
        .map(entry -> entry.substring(prefix.length()))
        .findFirst();
  }

  /** Empty when the process has ended. */
  private static List<String> environment(String pid) {
    try {
      byte[] block = Files.readAllBytes(Path.of("/proc", pid, "environ"));
      return Arrays.asList(new String(block, StandardCharsets.UTF_8).split("\0", -1));
    } catch (IOException e) {
      if (Files.exists(Path.of("/proc", pid))) {
        throw new UncheckedIOException("cannot read the environment of process " + pid, e);
      }
      return List.of();
    }
  }

  /** All in one moment. */
  static void signal(String signal, List<String> pids) throws Fault.Skipped {
    if (pids.isEmpty()) {
      throw new Fault.Skipped("no such process runs at present");
    }
    List<String> words = new ArrayList<>(List.of("kill", "-" + signal));
    words.addAll(pids);
    Command.run(words.toArray(String[]::new));
  }

  /** Stops processes until the undo lets them go on, if they are still there. */
  public static Fault.Undo freeze(List<String> pids) throws Fault.Skipped {
    signal("STOP", pids);
    return () -> signal("CONT", pids);
  }
}
