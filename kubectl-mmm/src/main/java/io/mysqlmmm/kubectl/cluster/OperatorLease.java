package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The Lease that the leading operator renews, as far as we may see it. */
public sealed interface OperatorLease {
  /** Its name: operator, lead/Leadership. */
  String NAME = "mysql-mmm-operator";

  /**
   * Somebody holds it, or did.
   *
   * @param holder empty: it was given up
   * @param renewed the holder's last sign of life, by its own clock
   * @param lasts how long that is good for
   */
  record Seen(String holder, Instant renewed, Duration lasts) implements OperatorLease {
    /** Whether somebody leads; {@code allowance} is for clocks that differ. */
    public boolean isHeld(Instant now, Duration allowance) {
      return !holder.isEmpty() && now.isBefore(renewed.plus(lasts).plus(allowance));
    }
  }

  /** There is none in that namespace. */
  record Absent() implements OperatorLease {}

  /** We may not read it. */
  record Hidden() implements OperatorLease {}

  static OperatorLease read(ApiServer server, String namespace) throws ClusterException {
    try {
      return parse(
          server.get(
              "/apis/coordination.k8s.io/v1/namespaces/%s/leases/%s"
                  .formatted(ApiPairs.encode(namespace), NAME)));
    } catch (ClusterException e) {
      if (e.kind() == Kind.FORBIDDEN) {
        return new Hidden();
      }
      if (e.kind() == Kind.NOT_FOUND) {
        return new Absent();
      }
      throw e;
    }
  }

  private static OperatorLease parse(JsonNode lease) throws ClusterException {
    JsonNode spec = lease.path("spec");
    try {
      return new Seen(
          spec.path("holderIdentity").asText(""),
          OffsetDateTime.parse(spec.path("renewTime").asText("")).toInstant(),
          Duration.ofSeconds(spec.path("leaseDurationSeconds").asLong(0)));
    } catch (DateTimeException e) {
      throw new ClusterException(Kind.SERVER, "The operator's Lease has no time of renewal.", e);
    }
  }
}
