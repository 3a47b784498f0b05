package io.mysqlmmm.kubectl.legacy;

import java.nio.file.Path;

/** A line of a file; printed as {@code mmm_common.conf:12}. */
record Source(Path file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
