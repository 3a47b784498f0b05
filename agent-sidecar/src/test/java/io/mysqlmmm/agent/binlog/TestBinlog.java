package io.mysqlmmm.agent.binlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes binlog files as mysqld does, event by event. */
final class TestBinlog {
  static final String SOURCE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  static final byte[] NO_VARIABLES = {};

  /** Flags, SQL mode, catalog "std", character sets, and then the XID of a DDL. */
  static final byte[] WITH_XID = {
    0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 6, 3, 's', 't', 'd', 4, 0, 0, 0, 0, 0, 0, 12, 1, 's',
    0, 17, 1, 0, 0, 0, 0, 0, 0, 0
  };

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A file whose server knew of all up to {@code previous} when it began it. */
  TestBinlog(boolean inUse, long previous) {
    bytes.writeBytes(new byte[] {(byte) 0xfe, 'b', 'i', 'n'});
    ByteBuffer format = buffer(2 + 50 + 4 + 1 + 41 + 1);
    format.put(format.capacity() - 1, (byte) 1);
    event(15, inUse ? 1 : 0, format);
    ByteBuffer before = buffer(8 + 24 + 16);
    before.putLong(1).put(uuid()).putLong(1).putLong(1).putLong(previous + 1);
    event(35, 0, before);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer uuid() {
    UUID uuid = UUID.fromString(SOURCE);
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .flip();
  }

  private TestBinlog add(ByteBuffer event) {
    event.rewind();
    while (event.hasRemaining()) {
      bytes.write(event.get());
    }
    return this;
  }

  int size() {
    return bytes.size();
  }

  /** An event of {@code size} zeros. */
  TestBinlog event(int type, int size) {
    return event(type, 0, buffer(size));
  }

  /** An event with a checksum that nobody looks at. */
  private TestBinlog event(int type, int flags, ByteBuffer body) {
    int length = 19 + body.capacity() + 4;
    ByteBuffer event = buffer(length);
    event.putInt(0).put((byte) type).putInt(1).putInt(length).putInt(size() + length);
    event.putShort((short) flags).put(body.rewind());
    return add(event);
  }

  TestBinlog gtid(long number) {
    return event(33, 0, buffer(60).put((byte) 1).put(uuid()).putLong(number));
  }

  TestBinlog query(String text, byte[] variables) {
    byte[] statement = text.getBytes(UTF_8);
    ByteBuffer body = buffer(13 + variables.length + 5 + statement.length);
    body.putInt(1).putInt(0).put((byte) 4).putShort((short) 0);
    body.putShort((short) variables.length).put(variables);
    body.put("shop".getBytes(UTF_8)).put((byte) 0).put(statement);
    return event(2, 0, body);
  }

  TestBinlog xid() {
    return event(16, 8);
  }

  /** Rows that a two-phase commit ends. */
  TestBinlog rows(long number) {
    return gtid(number).query("BEGIN", NO_VARIABLES).event(19, 30).event(30, 300_000).xid();
  }

  /** Half of an event, as a crash leaves it. */
  TestBinlog torn() {
    ByteBuffer event = buffer(40);
    event.putInt(0).put((byte) 30).putInt(1).putInt(1000);
    return add(event);
  }

  /** Adds it to a data directory; its place in the index is its name's. */
  Path write(Path data, int number) throws IOException {
    String name = "binlog.%06d".formatted(number);
    Path file = data.resolve(name);
    Files.write(file, bytes.toByteArray());
    Files.writeString(
        data.resolve("binlog.index"),
        "./" + name + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return file;
  }
}
