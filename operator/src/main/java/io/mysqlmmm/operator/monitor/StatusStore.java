package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import java.util.Optional;

/** The durable register: the resource's status in the API server. Each call is bounded by 3 s. */
public interface StatusStore {

  /**
   * Replaces the status if the resource is still as {@code read}; compare-and-set by its
   * resourceVersion (S1).
   */
  Outcome write(MySQLMultiMaster read, MySQLMultiMasterStatus status);

  /** A fresh read, never from a cache; empty when it cannot be read now or is gone. */
  Optional<MySQLMultiMaster> read(String namespace, String name);

  /** Tells people by a Kubernetes Event; never fails, an Event that cannot be written is logged. */
  void event(MySQLMultiMaster about, boolean warning, String reason, String message);

  /** What became of a write. */
  sealed interface Outcome {
    /** It was written; this is the resource now. */
    record Written(MySQLMultiMaster now) implements Outcome {}

    /** Somebody else changed the resource before; nothing was written. */
    record Conflict() implements Outcome {}

    /** No answer, or an error: it may have been written or not (S2). */
    record Unknown(String cause) implements Outcome {}
  }
}
