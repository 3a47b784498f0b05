package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.time.Duration;

/** The way to one host's agent. Every call blocks, within a bound. */
public interface AgentLink {

  /**
   * The agent's state now.
   *
   * @throws IOException when the agent did not answer within a second
   */
  AgentState state() throws IOException, InterruptedException;

  /**
   * Sends a heartbeat, and answers with the agent's state when it has changed since {@code since}
   * (-1: at once), or after {@code wait}.
   *
   * @throws IOException when the agent did not answer within a second more
   */
  AgentState watch(Beat beat, long since, Duration wait) throws IOException, InterruptedException;

  /**
   * Gives an order and returns its answer, within the order's budget and a second more.
   *
   * @throws IOException when there was no answer: the order may have been obeyed or not
   */
  Answer order(Order order) throws IOException, InterruptedException;

  /**
   * Whether an address is used by a machine that is not this host; blocks for up to three seconds.
   */
  Use arp(String ip) throws IOException, InterruptedException;

  /** What an ARP probe found; {@code result} is Free, Used or Unknown, {@code by} the MAC. */
  record Use(String ip, String result, String by) {}
}
