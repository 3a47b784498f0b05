package io.mysqlmmm.operator.core;

/** What one look at a host found. */
public sealed interface Sample {
  String message();

  /** Fine. */
  record Good(String message) implements Sample {}

  /**
   * Not fine.
   *
   * @param certain seen for sure, so that no trap has to pass first: a process that is gone, say
   */
  record Bad(String message, boolean certain) implements Sample {}

  /** Nothing can be said; never taken for bad (I4). */
  record Unknown(String message) implements Sample {}
}
