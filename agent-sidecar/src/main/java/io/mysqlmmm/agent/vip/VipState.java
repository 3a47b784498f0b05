package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.IpAddress;
import java.time.Duration;
import java.util.Optional;

/** What the kernel says about one virtual IP on this host. */
public sealed interface VipState {
  IpAddress ip();

  /**
   * It is here, as a host address (/32 or /128).
   *
   * @param remaining until the kernel removes it; whole seconds, rounded up by the kernel. Empty:
   *     never, so it is a leftover that this agent did not set
   * @param problem why the last order was not carried out; empty when it was
   */
  record Held(IpAddress ip, String interfaceName, Optional<Duration> remaining, String problem)
      implements VipState {}

  /**
   * It is on no interface.
   *
   * @param problem why it could not be held; empty when that was not asked or it has just ended
   */
  record Absent(IpAddress ip, String problem) implements VipState {}

  /**
   * Somebody else configured it: as the node's address, with a subnet, or on an interface without
   * ARP. It was not touched; whoever wants a VIP there has made a mistake.
   */
  record Foreign(IpAddress ip, String interfaceName, int prefixLength) implements VipState {}

  /** The kernel could not be asked or did not answer in time; it may be held. */
  record Unknown(IpAddress ip, String cause) implements VipState {}
}
