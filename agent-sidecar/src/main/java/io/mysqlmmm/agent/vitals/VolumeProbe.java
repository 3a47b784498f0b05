package io.mysqlmmm.agent.vitals;

import io.mysqlmmm.shared.agent.Vitals.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Asks a file system how much room it has, and whether it takes what the standing needs to be kept:
 * a file written, synced and removed. A kernel that found errors makes a file system read-only
 * while mysqld runs on; only a write shows it.
 */
final class VolumeProbe {
  private static final String FILE = "volume-check.tmp";

  /** A block of most file systems: less may be stored in the inode, on a volume that is full. */
  private static final int BYTES = 4096;

  /** What strerror says to EROFS; the agent runs in the C locale's language. */
  private static final String READ_ONLY = "Read-only file system";

  private final Path directory;

  VolumeProbe(Path directory) {
    this.directory = directory;
  }

  Volume.Seen look() {
    String error = writeError();
    // Without a look at the table of mounts, which may not show the one of a container's volume.
    var place = directory.toFile();
    return new Volume.Seen(
        place.getTotalSpace(), place.getUsableSpace(), error.contains(READ_ONLY), error, 0);
  }

  private String writeError() {
    Path file = directory.resolve(FILE);
    try {
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      } finally {
        Files.deleteIfExists(file);
      }
      return "";
    } catch (FileSystemException e) {
      return text(e.getReason() == null ? e.toString() : e.getReason());
    } catch (IOException e) {
      return text(String.valueOf(e.getMessage()));
    }
  }

  private static String text(String message) {
    return message.isBlank() ? "it cannot be written to" : message;
  }
}
