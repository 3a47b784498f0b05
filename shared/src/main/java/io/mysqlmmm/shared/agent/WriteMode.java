package io.mysqlmmm.shared.agent;

/** How a host may write. */
public enum WriteMode {
  /** Not at all: super_read_only, no writer VIP. */
  NONE,
  /** With every commit acknowledged by the peer (Lossless) and the peer promotable. */
  PAIRED,
  /** Alone: nobody else may be promoted, so nobody's word is needed. */
  SOLO
}
