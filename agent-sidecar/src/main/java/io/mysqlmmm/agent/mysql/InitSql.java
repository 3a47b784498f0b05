package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.config.Credentials;
import java.io.IOException;

/**
 * What mysqld executes before it takes connections: the operator's own accounts with the passwords
 * of now. Not written to the binary log, so it makes no errant transactions; works with
 * super_read_only (seen).
 */
public final class InitSql {
  /** The agent's account, for loopback only. */
  public static final String AGENT = "mmm_agent";

  /** The peers' account for replication, and for clones from here; TLS only. */
  public static final String REPLICATION = "mmm_replication";

  private InitSql() {}

  /**
   * One statement a line, as --init-file wants them.
   *
   * @param ownRoot whether root is the operator's account too; in a data set that was made
   *     elsewhere it is its owner's, and stays as it is
   */
  public static String text(Credentials credentials, boolean ownRoot) throws IOException {
    String root = ownRoot ? root(credentials) : "";
    String agent = account(AGENT, "127.0.0.1", credentials.agent().value(), "");
    String replication =
        account(REPLICATION, "%", credentials.replication().value(), " REQUIRE SSL");
    return """
    SET sql_log_bin=0;
    SET sql_mode='';
    %s%s%sGRANT ALL ON *.* TO '%s'@'127.0.0.1' WITH GRANT OPTION;
    GRANT REPLICATION SLAVE, BACKUP_ADMIN ON *.* TO '%s'@'%%';
    """
        .formatted(root, agent, replication, AGENT, REPLICATION);
  }

  private static String root(Credentials credentials) throws IOException {
    return account("root", "localhost", credentials.root().value(), "")
        + "GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION;%n".formatted();
  }

  private static String account(String user, String host, String password, String require) {
    String who = "%s@%s".formatted(SqlText.literal(user), SqlText.literal(host));
    String how = " IDENTIFIED BY %s%s;%n".formatted(SqlText.literal(password), require);
    return "CREATE USER IF NOT EXISTS " + who + how + "ALTER USER " + who + how;
  }
}
