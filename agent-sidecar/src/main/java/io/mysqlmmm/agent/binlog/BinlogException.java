package io.mysqlmmm.agent.binlog;

import java.io.IOException;

/** A binlog whose content cannot be told. */
final class BinlogException extends IOException {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  BinlogException(Refusal refusal, String message) {
    super(message);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
