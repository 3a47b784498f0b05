package io.mysqlmmm.shared.agent;

/** An agent's answer to an order, always with what it observed afterwards. */
public sealed interface Answer {
  AgentState observed();

  /** The order's effect was observed. */
  record Done(AgentState observed) implements Answer {}

  /** A rule forbids it; nothing was done. */
  record Refused(String rule, String reason, AgentState observed) implements Answer {}

  /** It was tried, and its effect was not observed within the budget. */
  record Failed(String reason, AgentState observed) implements Answer {}
}
