package io.mysqlmmm.operator.observe;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address, compared by its bytes and not by how it is written.
 *
 * @param value the parsed address; never the outcome of a name look-up
 */
public record IpAddress(InetAddress value) {
  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** The address, or empty when {@code text} is not a literal IPv4 or IPv6 address. */
  public static Optional<IpAddress> parse(String text) {
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new IpAddress(InetAddress.ofLiteral(text)));
    } catch (IllegalArgumentException notALiteral) {
      return Optional.empty();
    }
  }

  public boolean isV4() {
    return value instanceof Inet4Address;
  }

  /** Whether it can be given to an interface for others to reach. */
  public boolean isOrdinary() {
    return !value.isAnyLocalAddress()
        && !value.isLoopbackAddress()
        && !value.isLinkLocalAddress()
        && !value.isMulticastAddress();
  }
}
