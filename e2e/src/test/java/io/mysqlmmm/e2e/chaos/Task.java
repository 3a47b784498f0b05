package io.mysqlmmm.e2e.chaos;

import java.sql.SQLException;

/** What a client does again and again. */
interface Task {
  /** One statement; what came of it is in the sheet's history when this returns or throws. */
  void once(Link link, Sheet sheet) throws SQLException;
}
