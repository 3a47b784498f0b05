package io.mysqlmmm.e2e.chaos;

import java.util.Locale;

/** The master that a fault is aimed at, by its role when the run begins. */
enum Side {
  WRITER,
  STANDBY;

  /** As part of a fault's name. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Side other() {
    return this == WRITER ? STANDBY : WRITER;
  }
}
