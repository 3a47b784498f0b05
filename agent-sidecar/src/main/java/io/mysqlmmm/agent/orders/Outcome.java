package io.mysqlmmm.agent.orders;

import io.mysqlmmm.shared.agent.AgentRules.Ruling;

/** What became of an order, before it is told with the state observed. */
sealed interface Outcome {
  /** Its effect was seen. */
  record Done() implements Outcome {}

  /** A rule forbids it. */
  record Refused(Ruling.Refuse why) implements Outcome {}

  /** Its effect was not seen. */
  record Failed(String reason) implements Outcome {}

  Done DONE = new Done();
}
