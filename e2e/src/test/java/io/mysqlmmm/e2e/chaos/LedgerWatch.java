package io.mysqlmmm.e2e.chaos;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Remembers whom the ledger designated in each epoch, as Kubernetes tells it. */
final class LedgerWatch implements AutoCloseable {
  private final ConcurrentSkipListMap<Long, String> writers = new ConcurrentSkipListMap<>();
  private final SharedIndexInformer<MySQLMultiMaster> informer;

  LedgerWatch(KubernetesClient client) {
    informer =
        client
            .resources(MySQLMultiMaster.class)
            .inNamespace("default")
            .withName("shop")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(MySQLMultiMaster pair) {
                    seen(pair);
                  }

                  @Override
                  public void onUpdate(MySQLMultiMaster before, MySQLMultiMaster pair) {
                    seen(pair);
                  }

                  @Override
                  public void onDelete(MySQLMultiMaster pair, boolean unknown) {
                    writers.clear();
                  }
                });
  }

  private void seen(MySQLMultiMaster pair) {
    Optional.ofNullable(pair.getStatus()).map(status -> status.ledger()).ifPresent(this::seen);
  }

  private void seen(LedgerStatus ledger) {
    if (ledger.epoch() != null && ledger.writer() != null) {
      seen(ledger.epoch(), ledger.writer());
    }
  }

  /** Also when somebody has read it elsewhere. */
  void seen(long epoch, String writer) {
    writers.put(epoch, writer);
  }

  /**
   * How often the writer changed after an epoch, up to the last one known. An epoch that was not
   * seen counts as a change: the checker must never blame the product for what was missed here.
   */
  Designations since(long epoch, String writer) {
    String last = writer;
    long lastEpoch = epoch;
    long changes = 0;
    for (Map.Entry<Long, String> next : writers.tailMap(epoch, false).entrySet()) {
      long missed = next.getKey() - lastEpoch - 1;
      changes += missed > 0 ? missed + 1 : next.getValue().equals(last) ? 0 : 1;
      last = next.getValue();
      lastEpoch = next.getKey();
    }
    return new Designations(writer, changes);
  }

  @Override
  public void close() {
    informer.close();
  }
}
