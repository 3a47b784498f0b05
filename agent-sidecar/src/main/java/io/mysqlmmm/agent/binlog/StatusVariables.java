package io.mysqlmmm.agent.binlog;

/**
 * The status variables of a query event, as far as one of them is looked for.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/classmysql_1_1binlog_1_1event_1_1Query__event.html">Query_event</a>
 */
final class StatusVariables {
  private static final int DDL_LOGGED_WITH_XID = 17;
  private static final int UNKNOWN = -1;
  private static final int TOO_MANY_DATABASES = 254;

  private StatusVariables() {}

  /**
   * Whether the statement is a DDL that commits in two phases with the binlog. False also when an
   * unknown variable stands before the answer.
   */
  static boolean ddlWithXid(byte[] variables) {
    int at = 0;
    while (at < variables.length) {
      if (variables[at] == DDL_LOGGED_WITH_XID) {
        return true;
      }
      int length = length(variables, at);
      if (length == UNKNOWN) {
        return false;
      }
      at += 1 + length;
    }
    return false;
  }

  /** Bytes of the value whose code is at {@code at}. */
  private static int length(byte[] all, int at) {
    int first = at + 1 < all.length ? all[at + 1] & 0xff : 0;
    return switch (all[at]) {
      case 16, 19, 20 -> 1;
      case 7, 8, 18 -> 2;
      case 13 -> 3;
      case 0, 3, 10 -> 4;
      case 4 -> 6;
      case 1, 9 -> 8;
      case 5, 6 -> 1 + first;
      case 11 -> {
        int host = at + 2 + first;
        yield host < all.length ? 2 + first + (all[host] & 0xff) : UNKNOWN;
      }
      case 12 -> first == TOO_MANY_DATABASES ? 1 : names(all, at + 2, first);
      default -> UNKNOWN;
    };
  }

  /** The count, and so many names, each ended by a zero. */
  private static int names(byte[] all, int from, int count) {
    int at = from;
    for (int left = count; left > 0; at++) {
      if (at >= all.length) {
        return UNKNOWN;
      }
      if (all[at] == 0) {
        left--;
      }
    }
    return 1 + at - from;
  }
}
