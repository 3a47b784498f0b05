package io.mysqlmmm.shared.ledger;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the pair has agreed on, kept in the resource's status and changed by compare-and-set only
 * (S1). Each change has its own version; each designation of a writer its own epoch.
 *
 * @param version counts every change, from 1
 * @param epoch counts designations, aborts and bumps, from 1; never reused (I3)
 * @param writer the host designated to write; it writes only after ACTIVATE in this epoch (S5)
 * @param inSync host to server_uuid of those who hold every acknowledged write. Paired: both
 *     masters; solo: the writer alone. Only a member is ever promoted (I3)
 */
public record Ledger(long version, long epoch, String writer, Map<String, String> inSync) {
  public Ledger {
    requireNonNull(writer, "writer");
    inSync = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inSync));
    if (version < 1 || epoch < 1) {
      throw new IllegalArgumentException(
          "a ledger counts from 1: version " + version + ", epoch " + epoch);
    }
    if (!inSync.containsKey(writer)) {
      throw new IllegalArgumentException("the writer " + writer + " is not in inSync " + inSync);
    }
  }

  /** The first ledger of a pair. */
  public static Ledger first(String writer, String serverUuid) {
    return new Ledger(1, 1, writer, Map.of(writer, serverUuid));
  }

  /**
   * The same facts under a new version: a claim by a new leader (S2), or before a reversal (S3).
   */
  public Ledger claimed() {
    return new Ledger(version + 1, epoch, writer, inSync);
  }

  /** A new designation, at the next epoch. */
  public Ledger designating(String next, Map<String, String> members) {
    return new Ledger(version + 1, epoch + 1, next, members);
  }

  /** The same writer and epoch with other members. */
  public Ledger withInSync(Map<String, String> members) {
    return new Ledger(version + 1, epoch, writer, members);
  }

  public boolean solo() {
    return inSync.size() == 1;
  }

  /** Whether {@code host}, with exactly this data set, holds every acknowledged write. */
  public boolean isInSync(String host, Optional<String> serverUuid) {
    return serverUuid.isPresent() && serverUuid.get().equals(inSync.get(host));
  }
}
