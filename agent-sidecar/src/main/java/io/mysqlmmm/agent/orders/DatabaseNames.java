package io.mysqlmmm.agent.orders;

import io.mysqlmmm.shared.agent.Order.Database;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which databases, users and passwords can be asked for. Pure. */
final class DatabaseNames {
  /**
   * Limits of MySQL.
   *
   * @see <a href="https://dev.mysql.com/doc/refman/9.5/en/identifier-length.html">identifiers</a>
   */
  private static final int LONGEST_DATABASE = 64;

  private static final int LONGEST_USER = 32;

  /** CACHING_SHA2_PASSWORD: MAX_PLAINTEXT_LENGTH. */
  private static final int LONGEST_PASSWORD = 256;

  private static final Set<String> RESERVED =
      Set.of("mysql", "sys", "information_schema", "performance_schema", "mysql_mmm");

  private DatabaseNames() {}

  /** Why it cannot be provided, in one sentence that names it and shows no password. */
  static Optional<String> problem(Database database) {
    String name = database.name();
    String user = database.user();
    String password = database.password().value();
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.of("database '%s' is the server's own".formatted(name));
    }
    if (isBad(name, LONGEST_DATABASE)) {
      return Optional.of("'%s' cannot be a database's name".formatted(printable(name)));
    }
    if (isBad(user, LONGEST_USER)) {
      return Optional.of("'%s' cannot be a user's name".formatted(printable(user)));
    }
    if (user.startsWith("mmm_") || user.startsWith("mysql.") || user.equals("root")) {
      return Optional.of("user '%s' is the operator's or the server's own".formatted(user));
    }
    if (password.isEmpty()) {
      return Optional.of("the password of user '%s' is empty".formatted(user));
    }
    if (password.length() > LONGEST_PASSWORD || hasControls(password)) {
      return Optional.of(
          "the password of user '%s' is longer than %d characters or has control characters"
              .formatted(user, LONGEST_PASSWORD));
    }
    return Optional.empty();
  }

  private static boolean isBad(String text, int longest) {
    return text.isBlank()
        || !text.equals(text.strip())
        || text.length() > longest
        || hasControls(text);
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
