package io.mysqlmmm.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** mysqld's data: how much room they take, how much is left, and whether they began here. */
public final class DataVolume {
  private final Path data;

  /**
   * @param data mysqld's data directory
   */
  public DataVolume(Path data) {
    this.data = data;
  }

  /**
   * server_uuid of the data set, when it is one that launch.sh initialised and that nobody has
   * given another name since; else empty.
   */
  public String made() {
    String noted = Handshake.content(data.resolveSibling("."), "made");
    return MysqldProcess.uuidOnDisk(data.resolve("auto.cnf")).filter(noted::equals).orElse("");
  }

  /** Bytes that mysqld could still write; zero while there is no data directory. */
  public long free() throws IOException {
    return Files.isDirectory(data) ? Files.getFileStore(data).getUsableSpace() : 0;
  }

  /** Bytes of what a clone copies: all but binary logs, relay logs and temporary tables. */
  public long used() throws IOException {
    if (!Files.isDirectory(data)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(DataVolume::isCloned).mapToLong(DataVolume::size).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isCloned(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.startsWith("binlog.")
        && !name.startsWith("relay")
        && !name.startsWith("ibtmp");
  }

  /** Zero for a file that was dropped meanwhile. */
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException _) {
      return 0;
    }
  }
}
