package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.shared.ledger.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger as the status holds it. */
final class Ledgers {
  private Ledgers() {}

  /** Empty when there is none, or when what is there is not a ledger: both mean that it is lost. */
  static Optional<Ledger> read(MySQLMultiMaster resource) {
    LedgerStatus held = resource.getStatus() == null ? null : resource.getStatus().ledger();
    if (held == null
        || held.version() == null
        || held.epoch() == null
        || held.writer() == null
        || held.inSync() == null
        || held.serverUuids() == null) {
      return Optional.empty();
    }
    Map<String, String> members = new LinkedHashMap<>();
    for (String host : held.inSync()) {
      members.put(host, held.serverUuids().getOrDefault(host, ""));
    }
    return held.version() < 1 || held.epoch() < 1 || !members.containsKey(held.writer())
        ? Optional.empty()
        : Optional.of(new Ledger(held.version(), held.epoch(), held.writer(), members));
  }

  static LedgerStatus render(Ledger ledger) {
    List<String> inSync = new ArrayList<>(ledger.inSync().keySet());
    return new LedgerStatus(
        ledger.version(), ledger.epoch(), ledger.writer(), inSync, ledger.inSync());
  }
}
