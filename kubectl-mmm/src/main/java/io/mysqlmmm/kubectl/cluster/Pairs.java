package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The MySQLMultiMaster resources of a cluster: all that the verbs read and write. */
public interface Pairs {
  /** All resources of one namespace, by name. */
  List<Pair> list(String namespace) throws ClusterException;

  /** All resources of all namespaces, by namespace and name. */
  List<Pair> listAll() throws ClusterException;

  Pair get(Pair.Key key) throws ClusterException;

  /** Writes spec.moveRole, whole; the answer is the resource right after. */
  Pair requestMove(Pair.Key key, MoveRoleRequest request) throws ClusterException;

  /** Writes spec.mode; the answer is the resource right after. */
  Pair setMode(Pair.Key key, String mode) throws ClusterException;

  /**
   * Applies a JSON patch (RFC 6902), all of it or nothing; the answer is the resource right after.
   * A {@code test} that does not hold is {@link ClusterException.Kind#REJECTED}.
   */
  Pair edit(Pair.Key key, ArrayNode operations) throws ClusterException;

  /** Follows one resource: every change after {@code version} is seen, none is missed. */
  Changes watch(Pair.Key key, String version) throws ClusterException;

  /** The changes of one resource, in order. */
  interface Changes extends AutoCloseable {
    /** The next change; empty when there was none within {@code atMost}. */
    Optional<Change> next(Duration atMost) throws ClusterException;

    @Override
    void close();
  }

  /** What a watch saw. */
  sealed interface Change {
    record Updated(Pair pair) implements Change {}

    record Deleted() implements Change {}

    /** The watch is over: read the resource again and go on from there. */
    record Ended() implements Change {}
  }
}
