package io.mysqlmmm.operator.observe;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An IP address, compared by its bytes and not by how it is written.
 *
 * @param value the parsed address; never the outcome of a name look-up
 */
public record IpAddress(InetAddress value) {
  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?=:|$)");
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

  /** {@code text} as {@link #text} has it, when it is an address, however it is written. */
  public static String canonical(String text) {
    return parse(text).map(IpAddress::text).orElse(text);
  }

  /**
   * The one way to write it (RFC 5952, section 4): lower case, no leading zeros, and the longest
   * run of two or more zero groups, the first of equals, as "::".
   */
  public String text() {
    String full = value.getHostAddress();
    Optional<MatchResult> zeros =
        ZEROS
            .matcher(full)
            .results()
            .max(
                Comparator.comparingLong(run -> run.group().chars().filter(c -> c == '0').count()));
    return isV4() || zeros.isEmpty()
        ? full
        : full.substring(0, zeros.get().start())
            + (zeros.get().end() == full.length() ? "::" : ":")
            + full.substring(zeros.get().end());
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
