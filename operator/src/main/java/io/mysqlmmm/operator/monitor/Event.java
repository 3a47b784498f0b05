package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.PodsSeen;
import io.mysqlmmm.operator.core.RollingStep;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Order;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What a loop is told. */
public sealed interface Event {

  /** The resource was changed, or is seen for the first time. */
  record ResourceChanged(MySQLMultiMaster resource, Optional<Topology> topology) implements Event {}

  /** The Kubernetes objects were looked after: what is wrong with them, and the databases. */
  record Provisioned(List<Finding> findings, List<Order.Database> databases) implements Event {}

  /** An agent answered. */
  record AgentReported(String host, AgentState state, Duration at) implements Event {}

  /** An agent has not answered since {@code since}. */
  record AgentSilent(String host, String cause, Duration since) implements Event {}

  /** An order was answered. */
  record OrderAnswered(String host, Order order, Answer answer) implements Event {}

  /** An order got no answer; it may have been obeyed or not. */
  record OrderLost(String host, Order order, String cause) implements Event {}

  /** Which managed IPs somebody answers for, IP to MAC, and which nobody does. */
  record IpsProbed(Map<String, String> inUse, Set<String> free) implements Event {}

  /** What the fencing hook said of a host that wrote at {@code epoch}. */
  record HookAnswered(String host, long epoch, boolean off, String message) implements Event {}

  /** Whether one of spec.monitor.pingIps answers. */
  record NetworkPinged(boolean answers) implements Event {}

  /**
   * The pods of a generation of the spec were looked at; {@code step} is completed with what is to
   * be done.
   */
  record PodsLookedAt(long generation, PodsSeen pods, CompletableFuture<RollingStep> step)
      implements Event {}

  /** End, without touching the pair. */
  record Stop() implements Event {}
}
