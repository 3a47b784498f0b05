package io.mysqlmmm.e2e.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What is still to be put right. Also done when the JVM is ended, so that the lab stays usable. */
public final class Undos {
  private final Deque<Fault.Undo> pending = new ArrayDeque<>();

  public Undos() {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().unstarted(() -> runAll().forEach(System.err::println)));
  }

  public synchronized void add(Fault.Undo undo) {
    pending.push(undo);
  }

  /** The last first; returns what failed. Each is tried once. */
  public synchronized List<String> runAll() {
    List<String> failures = new ArrayList<>();
    while (!pending.isEmpty()) {
      run(pending.pop()).ifPresent(failures::add);
    }
    return failures;
  }

  /** This one now; returns what failed. */
  public synchronized Optional<String> run(Fault.Undo undo) {
    boolean _ = pending.remove(undo);
    try {
      undo.run();
      return Optional.empty();
    } catch (Fault.Skipped e) {
      // What was to be put right is gone: a frozen process that was killed.
      return Optional.empty();
    } catch (Exception | AssertionError e) {
      return Optional.of("a fault could not be lifted: " + e.getMessage());
    }
  }
}
