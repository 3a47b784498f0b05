package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.AddressClaim;
import io.mysqlmmm.agent.wire.IpAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells which claims heard on the network are conflicts: those for a VIP that this host holds now,
 * by a hardware address that is none of this host's. Each is handed on at most once per {@link
 * #INTERVAL} for the same address and claimant.
 */
final class ConflictJudge {
  /**
   * A neighbour ignores a second change within 1 s anyway (Linux {@code locktime}), so defending
   * more often is of no use. RFC 5227 section 2.4 wants 10 s between defences of hosts that cannot
   * know who is right; here the lease says who is.
   */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final VipPort vip;
  private final Links links;
  private final Consumer<VipConflict> onConflict;
  private final RateLimit<AddressClaim> limit;
  private volatile Set<IpAddress> watched = Set.of();

  /**
   * @param onConflict called on the listening thread
   */
  ConflictJudge(VipPort vip, Links links, InstantSource clock, Consumer<VipConflict> onConflict) {
    this.vip = vip;
    this.links = links;
    this.onConflict = onConflict;
    this.limit = new RateLimit<>(clock, INTERVAL);
  }

  /** Which addresses count from now on: the managed ones, held or not. */
  void watch(Set<IpAddress> ips) {
    watched = Set.copyOf(ips);
  }

  /** Judges one claim. Asks the kernel only when it concerns a watched address. */
  void hear(AddressClaim claim) {
    boolean conflict =
        watched.contains(claim.ip())
            && !links.isLocal(claim.mac())
            && vip.observe(claim.ip()) instanceof VipState.Held;
    if (conflict) {
      limit
          .pass(claim)
          .ifPresent(now -> onConflict.accept(new VipConflict(claim.ip(), claim.mac(), now)));
    }
  }
}
