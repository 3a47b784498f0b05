package io.mysqlmmm.operator.kube;

import java.util.List;

/** Keys of the Secret with the passwords of a pair's own accounts. */
final class SystemSecret {
  static final String ROOT = "rootPassword";
  static final String AGENT = "agentPassword";
  static final String REPLICATION = "replicationPassword";
  static final List<String> KEYS = List.of(ROOT, AGENT, REPLICATION);

  private SystemSecret() {}
}
