package io.mysqlmmm.agent.process;

import io.mysqlmmm.agent.standing.Keeper;
import io.mysqlmmm.shared.agent.LeaseRules;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease as the script around mysqld reads it: when this agent is frozen or dead by the end of
 * it, launch.sh kills mysqld. Only where that is needed: under a lease and without acknowledgements
 * to wait for (durability Available), where a writer whose agent is frozen would go on. Where
 * commits wait for the peer they starve instead.
 */
public final class LeaseFile {
  /** In the directory shared with mysqld: centiseconds of the machine's uptime, as in /proc. */
  public static final String NAME = "lease-end";

  private static final Logger log = LoggerFactory.getLogger(LeaseFile.class);

  /** Until the script has looked (0.2 s) and mysqld is dead, within the lease. */
  private static final Duration LOOK = LeaseRules.FENCING.dividedBy(2);

  /** What the file may be behind: an fsync-less write, ten times in a second at most. */
  private static final long STALE_CENTIS = 10;

  private final Path run;
  private final Keeper keeper;
  private long written;
  private boolean there = true;

  public LeaseFile(Path run, Keeper keeper) {
    this.run = run;
    this.keeper = keeper;
  }

  /**
   * Makes the file say what is true now. One that has no end any more is left to the script until
   * {@link #lift}: what was writable may still be.
   *
   * @throws IOException when it does not: this host must not become or stay writable then
   */
  public synchronized void tell() throws IOException {
    if (!isNeeded()) {
      if (keeper.standing().mode() == WriteMode.SOLO || keeper.kept().lossless()) {
        lift();
      }
      return;
    }
    long end = keeper.leaseEnd().sinceBoot().minus(LOOK).toMillis() / 10;
    if (!there || Math.abs(end - written) >= STALE_CENTIS) {
      Handshake.write(run, NAME, end + "\n", "rw-r--r--");
      written = end;
      there = true;
    }
  }

  private boolean isNeeded() {
    return keeper.mayWrite()
        && keeper.standing().mode() == WriteMode.PAIRED
        && !keeper.kept().lossless();
  }

  /** mysqld is proven closed, or about to start, which it does read-only. */
  public synchronized void lift() {
    if (!there) {
      return;
    }
    try {
      Files.deleteIfExists(run.resolve(NAME));
      there = false;
    } catch (IOException e) {
      log.warn("{} stays, and mysqld may be killed by it: {}", run.resolve(NAME), e.toString());
    }
  }
}
