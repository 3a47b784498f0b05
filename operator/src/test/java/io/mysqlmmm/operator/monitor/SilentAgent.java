package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.time.Duration;

/** An agent that is not there, and IPs that nobody uses. */
class SilentAgent implements AgentLink {
  @Override
  public AgentState state() throws IOException {
    throw new IOException("not here");
  }

  @Override
  public AgentState watch(Beat beat, long since, Duration wait) throws IOException {
    throw new IOException("not here");
  }

  @Override
  public Answer order(Order order) throws IOException {
    throw new IOException("not here");
  }

  @Override
  public Use arp(String ip) {
    return new Use(ip, "Free", "");
  }
}
