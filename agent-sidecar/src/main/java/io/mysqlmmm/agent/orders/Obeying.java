package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.standing.Keeper;
import io.mysqlmmm.agent.standing.Kept;
import io.mysqlmmm.shared.agent.AgentRules.Ruling;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** The one sequence in which an order is obeyed: rule, durable record, effect. */
final class Obeying {
  private Obeying() {}

  /** The effect of an order. */
  @FunctionalInterface
  interface Effect {
    Outcome run() throws IOException, SQLException, InterruptedException;
  }

  static Outcome obey(Keeper keeper, Order order, Effect effect)
      throws IOException, SQLException, InterruptedException {
    return obey(keeper, order, UnaryOperator.identity(), effect);
  }

  static Outcome obey(Keeper keeper, Order order, UnaryOperator<Kept> also, Effect effect)
      throws IOException, SQLException, InterruptedException {
    return switch (keeper.obey(order, also)) {
      case Ruling.Refuse refuse -> new Outcome.Refused(refuse);
      case Ruling.Obey _ -> effect.run();
    };
  }
}
