package io.mysqlmmm.e2e.chaos;

import java.sql.Connection;
import java.sql.SQLException;

/** A client's connection, and the host at its other end. */
public record Link(Connection connection, String host) implements AutoCloseable {

  public static Link to(Application application, String address) throws SQLException {
    Connection connection = application.connect(address);
    try {
      return new Link(connection, Application.hostBehind(connection));
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is broken, and that is why it is closed.
      return;
    }
  }
}
