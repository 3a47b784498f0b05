package io.mysqlmmm.e2e.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mysqlmmm.e2e.Command;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watches which nodes' interfaces hold the writer's IP, by what the kernel tells of every change.
 * One socket hears all nodes, so the order of events is the kernel's own: a node that gives the
 * address up before another takes it is never seen as a second holder.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-monitor.8.html">ip-monitor(8),
 *     all-nsid</a>
 */
final class VipWatch implements AutoCloseable {
  private static final Pattern NODE = Pattern.compile("nsid (\\d+) .*name: (\\w+)\\)");
  private static final Pattern CHANGE =
      Pattern.compile("\\[nsid (\\d+)\\](Deleted )?\\d+: .*inet ([0-9.]+)/.*");

  private final Clock clock;
  private final VipHolding holding = new VipHolding();
  private final Map<String, String> nodes;
  private final Process monitor;

  VipWatch(Clock clock) throws IOException {
    this.clock = clock;
    this.nodes = nodes();
    this.monitor =
        new ProcessBuilder("ip", "-o", "monitor", "address", "all-nsid")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Thread.ofPlatform().daemon().name("vip-watch").start(this::listen);
  }

  private static Map<String, String> nodes() {
    Map<String, String> nodes = new HashMap<>();
    Command.require("ip", "netns", "list-id")
        .lines()
        .map(NODE::matcher)
        .filter(Matcher::find)
        .forEach(found -> nodes.put(found.group(1), found.group(2)));
    return nodes;
  }

  private void listen() {
    try (BufferedReader lines = monitor.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher change = CHANGE.matcher(line);
        if (change.matches() && change.group(3).equals(PairUnderTest.WRITER_IP)) {
          String node = nodes.getOrDefault(change.group(1), "nsid " + change.group(1));
          seen(node, change.group(2) == null);
        }
      }
    } catch (IOException e) {
      // The monitor was ended.
      return;
    }
  }

  private synchronized void seen(String node, boolean holds) {
    holding.seen(node, holds, clock.now());
  }

  /** The time with two holders since the last call. */
  synchronized Duration takeShared() {
    return Duration.ofNanos(holding.takeShared(clock.now()));
  }

  private synchronized boolean isHeld() {
    return !holding.holders().isEmpty();
  }

  /** Waits for the first news: agents renew the address every second or so. */
  void awaitNews(Duration bound) {
    Eventually.within(
        bound,
        () -> {
          if (!isHeld()) {
            throw new AssertionError(
                "no news of %s; on the nodes it is held by %s"
                    .formatted(PairUnderTest.WRITER_IP, Lab.holders(PairUnderTest.WRITER_IP)));
          }
        });
  }

  @Override
  public void close() {
    monitor.destroyForcibly();
  }
}
