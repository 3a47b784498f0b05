package io.mysqlmmm.agent.binlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file read at any position, little-endian, through a window, so that small steps cost nothing.
 */
final class Bytes implements Closeable {
  private static final int WINDOW = 256 * 1024;

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer window =
      ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long start;

  Bytes(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
  }

  long size() {
    return size;
  }

  int u8(long at) throws IOException {
    return window.get(at(at, 1)) & 0xff;
  }

  int u16(long at) throws IOException {
    return window.getShort(at(at, 2)) & 0xffff;
  }

  long u32(long at) throws IOException {
    return window.getInt(at(at, 4)) & 0xffffffffL;
  }

  long i64(long at) throws IOException {
    return window.getLong(at(at, 8));
  }

  byte[] bytes(long at, int length) throws IOException {
    byte[] all = new byte[length];
    window.get(at(at, length), all);
    return all;
  }

  /** The window's index of {@code at}, with {@code length} bytes from there in the window. */
  private int at(long at, int length) throws IOException {
    if (at < 0 || length > WINDOW || at + length > size) {
      throw new BinlogException(
          Refusal.UNREADABLE, "%d bytes at %d lie beyond the end".formatted(length, at));
    }
    if (at < start || at + length > start + window.limit()) {
      window.clear();
      start = at;
      while (window.hasRemaining()) {
        int read = channel.read(window, start + window.position());
        if (read < 0) {
          break;
        }
      }
      window.flip();
    }
    return (int) (at - start);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
