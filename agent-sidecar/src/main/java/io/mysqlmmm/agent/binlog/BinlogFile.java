package io.mysqlmmm.agent.binlog;

import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One binlog file of MySQL 8.4 or later, read from event header to event header.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_replication_binlog_event.html">Binlog
 *     Event</a>
 */
final class BinlogFile implements Closeable {
  private static final long MAGIC = 0x6e6962feL;
  private static final long ENCRYPTED = 0x6e6962fdL;
  private static final int HEADER = 19;
  private static final int CHECKSUM = 4;

  private static final int QUERY = 2;
  private static final int FORMAT_DESCRIPTION = 15;
  private static final int XID = 16;
  private static final int INCIDENT = 26;
  private static final int GTID = 33;
  private static final int ANONYMOUS_GTID = 34;
  private static final int PREVIOUS_GTIDS = 35;
  private static final int XA_PREPARE = 38;
  private static final int TRANSACTION_PAYLOAD = 40;
  private static final int TAGGED_GTID = 42;

  /** Longer than BEGIN, COMMIT, XA COMMIT with any id, and enough of others to be recognised. */
  private static final int STATEMENT = 400;

  private final Bytes bytes;
  private final String name;
  private boolean checksums;
  private boolean inUse;
  private GtidSet previous = GtidSet.empty();
  private long begin;

  BinlogFile(Path file) throws IOException {
    name = String.valueOf(file.getFileName());
    bytes = new Bytes(file);
    try {
      readHead();
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** Whether it was not closed by its server, which so ended in a crash, or still runs. */
  boolean inUse() {
    return inUse;
  }

  /** What all files before it hold, as its server knew when it began this one. */
  GtidSet previous() {
    return previous;
  }

  /** Where the first transaction begins, or would. */
  long begin() {
    return begin;
  }

  private void readHead() throws IOException {
    long magic = bytes.size() < 4 ? 0 : bytes.u32(0);
    if (magic == ENCRYPTED) {
      throw new BinlogException(Refusal.ENCRYPTED, name + " is encrypted");
    }
    if (magic != MAGIC || !whole(4) || type(4) != FORMAT_DESCRIPTION) {
      throw new BinlogException(Refusal.UNREADABLE, name + " is not a binlog");
    }
    inUse = (bytes.u16(4 + 17) & 1) != 0;
    long next = 4 + length(4);
    checksums = bytes.u8(next - CHECKSUM - 1) == 1;
    if (!whole(next) || type(next) != PREVIOUS_GTIDS) {
      throw new BinlogException(Refusal.UNREADABLE, name + " does not tell what was before it");
    }
    previous = readPrevious(next + HEADER);
    begin = next + length(next);
  }

  private GtidSet readPrevious(long at) throws IOException {
    long sources = bytes.i64(at);
    if (sources < 0 || sources > 100_000) {
      // MySQL 8.3 and later put a mark there when any GTID has a tag.
      throw new BinlogException(Refusal.UNKNOWN_IDENTIFIERS, name + " holds GTIDs with tags");
    }
    StringBuilder text = new StringBuilder();
    long next = at + 8;
    for (long i = 0; i < sources; i++) {
      text.append(uuid(next)).append(':');
      long intervals = bytes.i64(next + 16);
      next += 24;
      for (long j = 0; j < intervals; j++) {
        long last = bytes.i64(next + 8) - 1;
        text.append(bytes.i64(next)).append('-').append(last);
        text.append(j + 1 < intervals ? ":" : ",");
        next += 16;
      }
    }
    return GtidSet.parse(text.toString());
  }

  private String uuid(long at) throws IOException {
    ByteBuffer sixteen = ByteBuffer.wrap(bytes.bytes(at, 16));
    return new UUID(sixteen.getLong(), sixteen.getLong()).toString();
  }

  private boolean whole(long at) throws IOException {
    return at + HEADER <= bytes.size() && length(at) >= HEADER && at + length(at) <= bytes.size();
  }

  private int type(long at) throws IOException {
    return bytes.u8(at + 4);
  }

  private long length(long at) throws IOException {
    return bytes.u32(at + 9);
  }

  /**
   * Its transactions, in their order. The last one may be incomplete: what a crash left torn ends
   * the reading, as it does in mysqld's recovery.
   */
  List<Transaction> transactions() throws IOException {
    List<Transaction> all = new ArrayList<>();
    Optional<Transaction> open = Optional.empty();
    long at = begin;
    while (whole(at)) {
      int type = type(at);
      switch (type) {
        case GTID -> {
          long body = at + HEADER;
          open = Optional.of(new Transaction(uuid(body + 1), bytes.i64(body + 17), at));
          all.add(open.get());
        }
        case TAGGED_GTID ->
            throw new BinlogException(Refusal.UNKNOWN_IDENTIFIERS, name + " holds GTIDs with tags");
        case ANONYMOUS_GTID ->
            throw new BinlogException(
                Refusal.UNKNOWN_IDENTIFIERS, name + " holds transactions without GTID");
        case XID, XA_PREPARE, TRANSACTION_PAYLOAD ->
            open.ifPresent(Transaction::commitsInTwoPhases);
        case INCIDENT -> open.ifPresent(Transaction::isStrange);
        case QUERY -> {
          if (open.isPresent()) {
            readStatement(at, open.get());
          }
        }
        default -> {
          // Rows, table maps and the like tell nothing of how it commits.
        }
      }
      at += length(at);
    }
    return all;
  }

  private void readStatement(long at, Transaction into) throws IOException {
    long body = at + HEADER;
    int database = bytes.u8(body + 8);
    int variables = bytes.u16(body + 11);
    long text = body + 13 + variables + database + 1;
    long end = at + length(at) - (checksums ? CHECKSUM : 0);
    int length = (int) Math.min(STATEMENT, Math.max(0, end - text));
    into.statement(
        new String(bytes.bytes(text, length), StandardCharsets.UTF_8),
        StatusVariables.ddlWithXid(bytes.bytes(body + 13, variables)));
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
