package io.mysqlmmm.kubectl.legacy;

import java.util.regex.Pattern;

/** IPv4 addresses, the only ones that MMM had. */
final class Ipv4 {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern ADDRESS =
      Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET);

  /** Unspecified, loopback, link-local, multicast, broadcast. */
  private static final Pattern SPECIAL =
      Pattern.compile("0\\.0\\.0\\.0|127\\..*|169\\.254\\..*|2(2[4-9]|3[0-9])\\..*|(255\\.?){4}");

  private Ipv4() {}

  /** Four numbers in their usual notation. */
  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /** One that a host can have, or a role. */
  static boolean isOrdinary(String text) {
    return isAddress(text) && !SPECIAL.matcher(text).matches();
  }
}
