package io.mysqlmmm.operator.kube;

import io.mysqlmmm.shared.agent.Password;

/** A user name and a password as a Secret holds them, checked. */
public sealed interface Credentials {

  /** Fit for use. */
  record Ok(String username, Password password) implements Credentials {}

  /** Not fit: {@code sentence} says what is wrong with which Secret, and what to do. */
  record Bad(String sentence) implements Credentials {}
}
