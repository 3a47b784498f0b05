package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.shared.agent.VipLifetime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The virtual IPs of this host. Each method answers what was observed after it did its work, never
 * what it attempted, and throws nothing. Safe for use by many threads.
 */
public interface VipPort {
  /** Whether {@code ip} is on this host, on any interface. */
  VipState observe(IpAddress ip);

  /** Every address of this host. */
  Survey survey();

  /**
   * Puts {@code ip} on the interface as a host address, or sets its remaining lifetime anew if it
   * is there: longer or shorter. Copies of it on other interfaces are removed. It stands behind the
   * interface's own addresses (IPv4) and is deprecated, so that nobody takes it for the node's.
   *
   * <p>The kernel removes it {@code lifetime} after this call <em>began</em>, later by {@link
   * VipLifetime#CALL_SLACK} and {@link VipLifetime#overrun} at most, also when the call itself was
   * held up. Announcing it is another matter: {@link ArpAnnouncer}.
   *
   * @param lifetime whole seconds count; below one the address is removed (safety.md S12)
   */
  VipState hold(IpAddress ip, String interfaceName, Duration lifetime);

  /**
   * Removes {@code ip} from every interface; nothing to remove is fine. TCP connections to it are
   * reset first, as far as the kernel can do that.
   */
  VipState release(IpAddress ip);

  /** What a look at all addresses gave. */
  sealed interface Survey {
    record Seen(List<SeenAddress> addresses) implements Survey {
      public Seen {
        addresses = List.copyOf(addresses);
      }
    }

    record Unknown(String cause) implements Survey {}
  }

  /**
   * One address of this host.
   *
   * @param remaining until the kernel removes it, whole seconds rounded up; empty: for ever
   */
  record SeenAddress(
      IpAddress ip, int prefixLength, String interfaceName, Optional<Duration> remaining) {}
}
