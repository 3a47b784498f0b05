package io.mysqlmmm.operator.sim;

import io.mysqlmmm.operator.core.Topology.Durability;

/**
 * What kind of pair a history is about.
 *
 * @param replica whether there is a third host that only follows
 * @param drift how much faster or slower than true time a clock runs at most; each one its own
 * @param opposed the worst: db1's clock is as slow as that, every other one as fast
 */
record Setup(Durability durability, boolean replica, double drift, boolean opposed) {
  /** 200 ppm: what the margins of the leases are made for, many times over. */
  private static final double DRIFT = 2e-4;

  static final Setup LOSSLESS = new Setup(Durability.LOSSLESS, false, DRIFT, false);
  static final Setup AVAILABLE = new Setup(Durability.AVAILABLE, false, DRIFT, false);
  static final Setup REPLICA = new Setup(Durability.LOSSLESS, true, DRIFT, false);

  static Setup opposed(double drift) {
    return new Setup(Durability.LOSSLESS, false, drift, true);
  }

  /** Of a clock; {@code drawn} is from 0 to 1. */
  double drift(String process, double drawn) {
    if (opposed) {
      return process.equals("db1") ? -drift : drift;
    }
    return (drawn - 0.5) * 2 * drift;
  }

  boolean lossless() {
    return durability == Durability.LOSSLESS;
  }
}
