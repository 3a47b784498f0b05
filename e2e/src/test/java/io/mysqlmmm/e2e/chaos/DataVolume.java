package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Command;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;

/**
 * The file system that the sample pair's data are on, of limited size, so that it can be filled: an
 * image file on the node, mounted in the node's own mount namespace. It goes when the lab goes.
 */
record DataVolume(String node) {
  private static final String MOUNT = "/var/lib/mysql-mmm";
  private static final String IMAGE = "/var/lib/mysql-mmm.img";
  private static final String SIZE = "3G";
  private static final String FILL = MOUNT + "/fill";

  static DataVolume of(String host) {
    return new DataVolume(PairUnderTest.node(host));
  }

  /** Must precede the pair's first pod on the node. */
  void limit() {
    if (!isLimited()) {
      shell(
          "mkdir -p %1$s && truncate -s %3$s %2$s && mkfs.ext4 -q -F %2$s && mount -o loop %2$s %1$s"
              .formatted(MOUNT, IMAGE, SIZE));
    }
  }

  boolean isLimited() {
    return Command.run(Lab.script(), "node", node, "mountpoint", "-q", MOUNT).exit() == 0;
  }

  /** Takes all that is left. */
  Fault.Undo fill() throws Fault.Skipped {
    if (!isLimited()) {
      throw new Fault.Skipped(
          "the data of " + node + " are not on a volume of limited size: remove the pair first");
    }
    // ext4 keeps blocks for root: fill until even root gets none.
    shell(
        "fallocate -l $(($(stat -f -c '%f * %S' "
            + MOUNT
            + ") - 65536)) "
            + FILL
            + "; dd if=/dev/zero of="
            + FILL
            + "2 bs=4k 2>/dev/null; true");
    return this::free;
  }

  /** Removes what {@link #fill} made. */
  void free() {
    shell("rm -f " + FILL + " " + FILL + "2");
  }

  /** Removes all data of a host. */
  void wipe(String host) {
    String place = MOUNT + "/default/shop/" + host;
    shell("rm -rf %1$s/mysql %1$s/agent".formatted(place));
  }

  private void shell(String line) {
    Lab.onNode(node, "sh", "-c", line);
  }
}
