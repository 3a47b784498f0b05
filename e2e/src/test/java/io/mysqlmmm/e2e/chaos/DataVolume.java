package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.e2e.Command;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import java.time.Duration;

/**
 * The file system that the sample pair's data are on, of limited size, so that it can be filled: an
 * image file on the node, mounted in the node's own mount namespace. It goes when the lab goes.
 */
record DataVolume(String node) {
  private static final String MOUNT = "/var/lib/mysql-mmm";
  private static final String IMAGE = "/var/lib/mysql-mmm.img";
  private static final String SIZE = "3G";
  private static final Duration RELEASED = Duration.ofSeconds(30);
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

  void requireLimited() throws Fault.Skipped {
    if (!isLimited()) {
      throw new Fault.Skipped(
          "the data of " + node + " are not on a volume of limited size: remove the pair first");
    }
  }

  /**
   * As when the power fails: what was not synced is not there when it is mounted again, and until
   * then there is nothing (EXT4_IOC_SHUTDOWN without a flush, as the tests of Linux' file systems
   * do it).
   */
  void loseUnsynced() {
    Lab.onNode(
        node,
        "python3",
        "-c",
        "import fcntl, os, struct, sys;"
            + " fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))",
        MOUNT);
  }

  /**
   * In another boot, as far as the host's agent can tell. Mounted again only when nobody holds what
   * was mounted before: the namespaces of containers go a moment after their processes.
   */
  void mountAnew(String host) {
    shell(
        """
        device=$(findmnt -n -o SOURCE --mountpoint %1$s)
        while at=$(findmnt -n -o TARGET --first-only --source "$device"); do umount "$at" || exit 1; done
        """
            .formatted(MOUNT));
    Eventually.within(
        RELEASED, () -> assertThat(Lab.onNode(node, "losetup", "-j", IMAGE)).isEmpty());
    shell(
        """
        mount -o loop %2$s %1$s || exit 1
        sed -i "s/$(cat /proc/sys/kernel/random/boot_id)/$(cat /proc/sys/kernel/random/uuid)/g" \\
          %1$s/default/shop/%3$s/agent/standing.json
        """
            .formatted(MOUNT, IMAGE, host));
  }

  /** Takes all that is left. */
  Fault.Undo fill() throws Fault.Skipped {
    requireLimited();
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
