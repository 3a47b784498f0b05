package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/** IPv6 addresses as text. */
final class Ipv6Text {
  private static final int GROUPS = 8;
  private static final int IPV4_MAPPED = 0xffff;

  private Ipv6Text() {}

  static Optional<Ipv6Address> parse(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(g -> g.length == GROUPS).map(g -> join(g, new int[0]));
    }
    Optional<int[]> before = groups(text.substring(0, gap));
    Optional<int[]> after = groups(text.substring(gap + 2));
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    int given = before.get().length + after.get().length;
    boolean ipv4BeforeGap = text.lastIndexOf('.', gap) >= 0;
    // RFC 5952 section 4.2.2 never prints "::" for one group; RFC 4291 lets people write it.
    return given >= GROUPS || ipv4BeforeGap
        ? Optional.empty()
        : Optional.of(join(before.get(), after.get()));
  }

  /** The longest run of two or more zero groups, the first of equals, becomes "::". */
  static String print(Ipv6Address ip) {
    if (ip.high() == 0 && ip.low() >>> 32 == IPV4_MAPPED) {
      return "::ffff:" + new Ipv4Address((int) ip.low());
    }
    int[] groups = split(ip);
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = zeros(groups, i);
      if (run > length) {
        start = i;
        length = run;
      }
    }
    if (start < 0) {
      return hex(groups, 0, GROUPS);
    }
    return hex(groups, 0, start) + "::" + hex(groups, start + length, GROUPS);
  }

  /** The groups of a part without "::"; an IPv4 tail makes two. Empty if it is malformed. */
  private static Optional<int[]> groups(String part) {
    if (part.isEmpty()) {
      return Optional.of(new int[0]);
    }
    String[] words = part.split(":", -1);
    String last = words[words.length - 1];
    boolean ipv4Tail = last.indexOf('.') >= 0;
    int[] groups = new int[words.length + (ipv4Tail ? 1 : 0)];
    int hexWords = ipv4Tail ? words.length - 1 : words.length;
    if (groups.length > GROUPS) {
      return Optional.empty();
    }
    for (int i = 0; i < hexWords; i++) {
      groups[i] = group(words[i]);
      if (groups[i] < 0) {
        return Optional.empty();
      }
    }
    if (!ipv4Tail) {
      return Optional.of(groups);
    }
    return Ipv4Address.parse(last)
        .map(
            ip -> {
              groups[hexWords] = ip.bits() >>> 16;
              groups[hexWords + 1] = ip.bits() & 0xffff;
              return groups;
            });
  }

  /** The value of one to four hex digits, -1 if it is not that. */
  private static int group(String word) {
    if (word.isEmpty() || word.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static Ipv6Address join(int[] before, int[] after) {
    ByteBuffer bytes = ByteBuffer.allocate(Ipv6Address.BYTES);
    for (int group : before) {
      bytes.putShort((short) group);
    }
    bytes.position(2 * (GROUPS - after.length));
    for (int group : after) {
      bytes.putShort((short) group);
    }
    return Ipv6Address.read(bytes.flip().limit(Ipv6Address.BYTES));
  }

  private static int[] split(Ipv6Address ip) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      long half = i < 4 ? ip.high() : ip.low();
      groups[i] = (int) (half >>> (16 * (3 - i % 4))) & 0xffff;
    }
    return groups;
  }

  private static int zeros(int[] groups, int from) {
    int to = from;
    while (to < GROUPS && groups[to] == 0) {
      to++;
    }
    return to - from;
  }

  private static String hex(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
