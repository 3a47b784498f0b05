package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.MacAddress;

/** What was found out about an interface. */
public sealed interface LinkLookup {
  /**
   * An Ethernet interface.
   *
   * @param up whether frames can leave it: set up, and with a carrier
   */
  record Found(int index, String name, MacAddress mac, boolean up) implements LinkLookup {}

  /**
   * There is none.
   *
   * @param what a sentence, e.g. {@code this host has no interface eth7}
   */
  record NotFound(String what) implements LinkLookup {}

  /** It could not be found out, or the interface is none for virtual IPs: not Ethernet. */
  record Unknown(String cause) implements LinkLookup {}
}
