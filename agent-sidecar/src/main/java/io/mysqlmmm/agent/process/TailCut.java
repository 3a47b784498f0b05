package io.mysqlmmm.agent.process;

import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.agent.binlog.BinlogTail.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Has launch.sh cut the end of the binlog off: the files are mysqld's, whose user it runs as. It
 * does so only while it waits with the very start that the request names, so that a request which
 * nobody waits for any more can never meet another data set.
 */
public final class TailCut {
  private static final String REQUEST = "cut-request";
  private static final String RESULT = "cut-result";
  private static final String DONE = "ok";

  private final Path run;
  private final Handshake start;

  /** In {@code run}, the directory shared with mysqld's container. */
  public TailCut(Path run) {
    this.run = run;
    this.start = new Handshake(run, "start");
  }

  /**
   * Asks for the cut and waits for it.
   *
   * @param uuid the server_uuid that the data set gets with it
   * @param id a new name for this request
   * @return why it did not succeed within the deadline; empty when it did
   */
  public Optional<String> perform(Plan.Cut plan, String uuid, String id, Deadline deadline)
      throws IOException, InterruptedException {
    Optional<String> pending = start.pending();
    while (pending.isEmpty()) {
      if (deadline.over()) {
        return Optional.of("mysqld's container does not wait with a start");
      }
      // It has not seen yet that mysqld is gone, or keeps a pause between starts.
      Thread.sleep(20);
      pending = start.pending();
    }
    Handshake.write(
        run,
        REQUEST,
        "%s %s %s %d %d %s\n"
            .formatted(
                pending.get(), id, plan.file().getFileName(), plan.begin(), plan.position(), uuid),
        "rw-r--r--");
    while (!deadline.over()) {
      String[] result = Handshake.content(run, RESULT).split(" ", 2);
      if (result.length == 2 && result[0].equals(id)) {
        return result[1].equals(DONE) ? Optional.empty() : Optional.of(result[1]);
      }
      Thread.sleep(20);
    }
    Files.deleteIfExists(run.resolve(REQUEST));
    return Optional.of("mysqld's container did not cut the binlog in time");
  }
}
