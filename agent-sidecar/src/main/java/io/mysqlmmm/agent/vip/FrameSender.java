package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.EthernetFrame;

/** Puts frames on a link. */
@FunctionalInterface
public interface FrameSender {
  /** Hands {@code frame} to the interface; never waits for room in its queue. */
  void send(LinkLookup.Found link, EthernetFrame frame) throws PosixException;
}
