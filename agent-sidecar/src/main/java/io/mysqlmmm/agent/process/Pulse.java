package io.mysqlmmm.agent.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Whether the first thread of one process still runs, for a few microseconds: the file stays open.
 * A hint to look properly; not for use by several threads.
 */
public final class Pulse implements AutoCloseable {
  private final ByteBuffer buffer = ByteBuffer.allocate(1024);
  private long pid = -1;
  private @Nullable FileChannel stat;

  /** False when that thread ends, has ended, or cannot be looked at. */
  public boolean beats(long process) {
    try {
      if (stat == null || pid != process) {
        close();
        Path task = Path.of("/proc/" + process + "/task/" + process + "/stat");
        stat = FileChannel.open(task, StandardOpenOption.READ);
        pid = process;
      }
      buffer.clear();
      int length = stat.read(buffer, 0);
      String line = new String(buffer.array(), 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
      return !ThreadStat.parse(line, "stat").ends();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      if (stat != null) {
        stat.close();
      }
    } catch (IOException _) {
      // It was only read.
    }
    stat = null;
  }
}
