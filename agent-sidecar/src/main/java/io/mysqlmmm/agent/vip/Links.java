package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.MacAddress;

/** The network interfaces of this host. Safe for use by many threads; throws nothing. */
public interface Links {
  /** The interface of this name. */
  LinkLookup lookup(String name);

  /** The interface that has {@code nodeAddress}: where VIPs go when none is named. */
  LinkLookup interfaceHolding(IpAddress nodeAddress);

  /**
   * Whether {@code mac} is known to belong to an interface of this host. False also when the
   * interfaces cannot be read.
   */
  boolean isLocal(MacAddress mac);
}
