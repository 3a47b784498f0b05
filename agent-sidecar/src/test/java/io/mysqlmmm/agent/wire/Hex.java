package io.mysqlmmm.agent.wire;

import java.util.HexFormat;

/** Bytes as people read them; spaces between groups. */
public final class Hex {
  private Hex() {}

  public static byte[] bytes(String... lines) {
    return HexFormat.of().parseHex(String.join("", lines).replace(" ", ""));
  }

  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
