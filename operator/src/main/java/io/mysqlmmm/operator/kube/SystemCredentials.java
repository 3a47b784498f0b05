package io.mysqlmmm.operator.kube;

import io.mysqlmmm.shared.agent.Password;

/** The passwords of a pair's own accounts (Secret NAME-mysql), checked. */
public sealed interface SystemCredentials {

  /** Fit for use. */
  record Ok(Password root, Password agent, Password replication) implements SystemCredentials {}

  /** Not fit: {@code sentence} says what is wrong with which Secret, and what to do. */
  record Bad(String sentence) implements SystemCredentials {}
}
