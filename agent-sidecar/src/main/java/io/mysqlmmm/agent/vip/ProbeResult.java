package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.MacAddress;

/** What a question for an address on the network gave. */
public sealed interface ProbeResult {
  /** Nobody answered, on a link that could carry an answer. */
  record Free() implements ProbeResult {}

  /** Another host has it. */
  record UsedBy(MacAddress mac) implements ProbeResult {}

  /** The question could not be asked. */
  record Unknown(String cause) implements ProbeResult {}
}
