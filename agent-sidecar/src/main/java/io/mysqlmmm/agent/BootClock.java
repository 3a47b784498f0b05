package io.mysqlmmm.agent;

import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.shared.agent.BootTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The clock that leases are measured by; injected so that tests can turn it. */
@FunctionalInterface
public interface BootClock {
  BootTime now();

  /** The kernel's. */
  static BootClock of(PosixC c) throws IOException {
    String bootId = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    return () -> new BootTime(bootId, c.bootTime());
  }
}
