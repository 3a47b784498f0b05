package io.mysqlmmm.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has launch.sh give the data set another server_uuid before a mysqld starts
 *
 * <ul>
 *   <li>over which a clone was begun (S21). MySQL keeps the old one with the new data (seen): the
 *       transactions that were given up would give their names to others, and what was promised for
 *       the old data would hold for the new;
 *   <li>that followed when its machine went down (S22).
 * </ul>
 *
 * <p>When mysqld cannot start after a clone was begun, and the old data are gone, launch.sh is
 * asked to remove what the clone left; an empty data set takes its place. One request for each
 * start, and never for another one.
 */
public final class NewIdentity {
  private static final Logger log = LoggerFactory.getLogger(NewIdentity.class);
  private static final String REQUEST = "renew-request";
  private static final String RESULT = "renew-result";
  private static final String DISCARD = "discard";

  private final Path run;
  private final BooleanSupplier replacing;
  private final BooleanSupplier dropped;
  private final BooleanSupplier doubtful;
  private final Renamed renamed;
  private String asked = "";
  private String given = "";

  /** Writes down that the data set has this server_uuid now. */
  @FunctionalInterface
  public interface Renamed {
    void to(String serverUuid) throws IOException;
  }

  /**
   * @param run the directory shared with mysqld's container
   * @param replacing whether a clone was begun and not completed
   * @param dropped whether the data that were here before it are gone
   * @param doubtful whether the host followed when its machine went down
   * @param renamed told once a doubtful data set has its new name
   */
  public NewIdentity(
      Path run,
      BooleanSupplier replacing,
      BooleanSupplier dropped,
      BooleanSupplier doubtful,
      Renamed renamed) {
    this.run = run;
    this.replacing = replacing;
    this.dropped = dropped;
    this.doubtful = doubtful;
    this.renamed = renamed;
  }

  /**
   * Whether the start that {@code number} asks for may be permitted; asks launch.sh for what is
   * missing. Returns at once.
   *
   * @throws IOException launch.sh cannot do it, and says why
   */
  boolean ready(String number) throws IOException {
    boolean cloned = replacing.getAsBoolean();
    if (!cloned && !doubtful.getAsBoolean()) {
      return true;
    }
    String[] result = Handshake.content(run, RESULT).split(" ", 2);
    if (asked.equals(number) && result.length == 2 && result[0].equals(number)) {
      if (!result[1].equals("ok")) {
        asked = "";
        throw new IOException("the data set cannot be given another server_uuid: " + result[1]);
      }
      if (!cloned) {
        renamed.to(given);
      }
      return true;
    }
    if (!asked.equals(number)) {
      asked = number;
      ask(number, cloned);
    }
    return false;
  }

  private void ask(String number, boolean cloned) throws IOException {
    boolean hopeless =
        cloned
            && dropped.getAsBoolean()
            && Handshake.content(run, "launch-error").startsWith("mysqld has ended");
    given = hopeless ? DISCARD : UUID.randomUUID().toString();
    if (hopeless) {
      log.warn("mysqld cannot start with what an unfinished clone left: it is removed");
    } else if (cloned) {
      log.warn("a clone was begun over this data set: it gets server_uuid {}", given);
    } else {
      log.warn(
          "the machine was booted since this host followed the writer, and what it had received"
              + " may be gone: its data set gets server_uuid {}",
          given);
    }
    Files.deleteIfExists(run.resolve(RESULT));
    Handshake.write(run, REQUEST, "%s %s%n".formatted(number, given), "rw-r--r--");
  }
}
