package io.mysqlmmm.agent.real;

import com.mysql.cj.jdbc.Driver;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** What the owner of a server does there, as root. */
record RootSession(int port, String password) {

  private Connection connection() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "root");
    properties.setProperty("password", password);
    properties.setProperty("sslMode", "REQUIRED");
    Connection connection =
        new Driver().connect("jdbc:mysql://127.0.0.1:" + port + "/", properties);
    if (connection == null) {
      throw new SQLException("no connection");
    }
    return connection;
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  /** The first column of the first row. */
  String ask(String question) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  String ask(String question, String column) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() ? String.valueOf(row.getString(column)) : "";
    }
  }

  /** Until the server takes connections; fails after a minute. */
  void awaitServed(Process mysqld) throws IOException, InterruptedException {
    eventually("SELECT 1", "1", mysqld);
  }

  /** Until the answer is that; fails after a minute. */
  void eventually(String question, String answer, Process mysqld)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    String last = "";
    while (System.nanoTime() < end && mysqld.isAlive()) {
      try {
        last = ask(question);
      } catch (SQLException e) {
        last = e.toString();
      }
      if (last.equals(answer)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new IOException(question + " is not " + answer + " but " + last);
  }
}
