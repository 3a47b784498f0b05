package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.ledger.Ledger;

/** Something to be done, as data. */
public sealed interface Command {

  /** Send an order to a host's agent. */
  record Send(String host, Order order) implements Command {}

  /** Write the ledger by compare-and-set (S1). Nothing else is done in the same step. */
  record WriteLedger(Ledger next) implements Command {}

  /** Have the fencing hook switch a host off that wrote at {@code epoch}. */
  record SwitchOff(String host, long epoch) implements Command {}

  /** Remember where a person put an IP of a role that is not the writer's. */
  record PinIp(String ip, Plan.Pin pin) implements Command {}

  /** Remember in status that a planned move has begun, before its first order. */
  record BeginMove(Move move) implements Command {}

  /** Remember in status how a request ended. */
  record EndMove(Move.Request request, Move.Outcome outcome, String message) implements Command {}

  /** Remember in status that a request to clone was refused, and why. */
  record EndClone(String host, Clones.Request request, String message) implements Command {}

  /** Remember in status that a request for a backup was refused, and why. */
  record EndBackup(String host, BackupRequest request, String message) implements Command {}
}
