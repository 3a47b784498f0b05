package io.mysqlmmm.agent.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has launch.sh give the data set another server_uuid before a mysqld starts over which a clone was
 * begun (S21). MySQL keeps the old one with the new data (seen): the transactions that were given
 * up would give their names to others, and what was promised for the old data would hold for the
 * new.
 *
 * <p>When mysqld cannot start, and the old data are gone, launch.sh is asked to remove what the
 * clone left; an empty data set takes its place. One request for each start, and never for another
 * one.
 */
public final class NewIdentity {
  private static final Logger log = LoggerFactory.getLogger(NewIdentity.class);
  private static final String REQUEST = "renew-request";
  private static final String RESULT = "renew-result";
  private static final String DISCARD = "discard";

  private final Path run;
  private final BooleanSupplier replacing;
  private final BooleanSupplier dropped;
  private String asked = "";

  /**
   * @param run the directory shared with mysqld's container
   * @param replacing whether a clone was begun and not completed
   * @param dropped whether the data that were here before it are gone
   */
  public NewIdentity(Path run, BooleanSupplier replacing, BooleanSupplier dropped) {
    this.run = run;
    this.replacing = replacing;
    this.dropped = dropped;
  }

  /**
   * Whether the start that {@code number} asks for may be permitted; asks launch.sh for what is
   * missing. Returns at once.
   *
   * @throws IOException launch.sh cannot do it, and says why
   */
  boolean ready(String number) throws IOException {
    if (!replacing.getAsBoolean()) {
      return true;
    }
    String[] result = Handshake.content(run, RESULT).split(" ", 2);
    if (result.length == 2 && result[0].equals(number)) {
      if (result[1].equals("ok")) {
        return true;
      }
      asked = "";
      throw new IOException("the data set cannot be given another server_uuid: " + result[1]);
    }
    if (!asked.equals(number)) {
      asked = number;
      ask(number);
    }
    return false;
  }

  private void ask(String number) throws IOException {
    boolean hopeless =
        dropped.getAsBoolean()
            && Handshake.content(run, "launch-error").startsWith("mysqld has ended");
    String what = hopeless ? DISCARD : UUID.randomUUID().toString();
    log.warn(
        hopeless
            ? "mysqld cannot start with what an unfinished clone left: it is removed"
            : "a clone was begun over this data set: it gets server_uuid {}",
        what);
    Handshake.write(run, REQUEST, "%s %s%n".formatted(number, what), "rw-r--r--");
  }
}
