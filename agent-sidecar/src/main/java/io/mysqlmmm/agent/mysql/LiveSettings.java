package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.shared.agent.Order.Setting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings taken over by a running server. All or none: at the first that the server refuses, those
 * before it get back the values that they had. What the server says decides (ER 1238: fixed until a
 * restart; ER 1193: no such variable; ER 1231, 1232: a wrong value).
 */
final class LiveSettings {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([KMGTPEkmgtpe])");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");
  private static final String UNITS = "KMGTPE";

  private final Statement statement;

  LiveSettings(Statement statement) {
    this.statement = statement;
  }

  /** Why nothing was taken over; empty when all was. */
  Optional<String> apply(List<Setting> settings) throws SQLException {
    Deque<String> undo = new ArrayDeque<>();
    for (Setting setting : settings) {
      try {
        String before = value(setting.name());
        statement.execute(text(setting.name(), setting.value()));
        undo.push(text(setting.name(), Optional.of(before)));
      } catch (SQLException e) {
        if (e.getErrorCode() == 0) {
          throw e; // Not the server's word.
        }
        for (String back : undo) {
          statement.execute(back);
        }
        return Optional.of("%s: %s".formatted(setting.name(), e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private String value(String name) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@GLOBAL." + SqlText.name(name))) {
      row.next();
      String value = row.getString(1);
      return value == null ? "" : value;
    }
  }

  static String text(String name, Optional<String> value) {
    return "SET GLOBAL %s = %s"
        .formatted(SqlText.name(name), value.map(LiveSettings::literal).orElse("DEFAULT"));
  }

  /** my.cnf's sizes (128M) are no SQL; a number in quotes is a wrong type to SET. */
  private static String literal(String value) {
    Matcher size = SIZE.matcher(value);
    if (size.matches()) {
      int power = UNITS.indexOf(size.group(2).toUpperCase(Locale.ROOT)) + 1;
      return new java.math.BigInteger(size.group(1)).shiftLeft(10 * power).toString();
    }
    return NUMBER.matcher(value).matches() ? value : SqlText.literal(value);
  }
}
