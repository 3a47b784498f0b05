package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.AddressClaim;
import io.mysqlmmm.agent.wire.IpAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on an interface for others who claim this host's VIPs, by ARP and by neighbour
 * advertisement, each on a daemon thread of its own. The kernel filters: only such packets wake a
 * thread. After an error (interface gone or down) it tries again every {@link #PAUSE}.
 */
final class VipWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VipWatch.class);

  /** How long one wait for a frame lasts, hence how long {@link #close} may take effect. */
  private static final Duration WAIT = Duration.ofMillis(500);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final PosixC c;
  private final Links links;
  private final String interfaceName;
  private final ConflictJudge judge;
  private final CountDownLatch stopped = new CountDownLatch(1);

  VipWatch(PosixC c, Links links, String interfaceName, ConflictJudge judge) {
    this.c = c;
    this.links = links;
    this.interfaceName = interfaceName;
    this.judge = judge;
  }

  boolean isOn(String name) {
    return interfaceName.equals(name);
  }

  /** Starts listening; to be called once. */
  void start() {
    for (IpAddress.Family family : IpAddress.Family.values()) {
      Thread.ofPlatform()
          .name("vip-watch-" + family.name().toLowerCase(Locale.ROOT))
          .daemon(true)
          .start(() -> run(family));
    }
  }

  /** Ends listening within half a second or so; does not wait for it. */
  @Override
  public void close() {
    stopped.countDown();
  }

  private void run(IpAddress.Family family) {
    String lastProblem = "";
    while (isOpen()) {
      String problem =
          switch (links.lookup(interfaceName)) {
            case LinkLookup.Found link -> listen(family, link);
            case LinkLookup.NotFound none -> none.what();
            case LinkLookup.Unknown unknown -> unknown.cause();
          };
      if (!problem.isEmpty() && !problem.equals(lastProblem)) {
        log.warn("Not listening for {} conflicts on {}: {}", family, interfaceName, problem);
      }
      lastProblem = problem;
      pause();
    }
  }

  /** Until closed, or an error, which is the answer. */
  private String listen(IpAddress.Family family, LinkLookup.Found link) {
    try (FrameSocket socket = FrameSocket.open(c, family, link.index())) {
      while (isOpen()) {
        socket.receive(WAIT).flatMap(AddressClaim::in).ifPresent(judge::hear);
      }
      return "";
    } catch (PosixException failed) {
      return String.valueOf(failed.getMessage());
    }
  }

  private boolean isOpen() {
    return stopped.getCount() > 0;
  }

  private void pause() {
    try {
      stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ignored) {
      stopped.countDown();
      Thread.currentThread().interrupt();
    }
  }
}
