package io.mysqlmmm.agent.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Order.Database;
import io.mysqlmmm.shared.agent.Password;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseNamesTest {
  @ParameterizedTest
  @CsvSource({
    "shop, shop, secret, ''",
    "sh`op, it's, p'w, ''",
    "mysql, shop, secret, the server's own",
    "MYSQL_MMM, shop, secret, the server's own",
    "'', shop, secret, cannot be a database's name",
    "shop, '', secret, cannot be a user's name",
    "shop, ' shop', secret, cannot be a user's name",
    "shop, mmm_agent, secret, user 'mmm_agent' is the operator's",
    "shop, root, secret, user 'root' is the operator's",
    "shop, shop, '', the password of user 'shop' is empty",
  })
  void says(String name, String user, String password, String problem) {
    String said =
        DatabaseNames.problem(new Database(name, user, new Password(password))).orElse("");

    assertThat(said).contains(problem);
    assertThat(said.isEmpty()).isEqualTo(problem.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"65, 8, 8", "8, 33, 8", "8, 8, 257"})
  void limitsLengths(int name, int user, int password) {
    Database database =
        new Database("d".repeat(name), "u".repeat(user), new Password("p".repeat(password)));

    assertThat(DatabaseNames.problem(database)).isPresent();
  }
}
