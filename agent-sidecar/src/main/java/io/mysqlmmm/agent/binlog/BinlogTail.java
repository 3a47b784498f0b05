package io.mysqlmmm.agent.binlog;

import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What of the end of a binlog is to be cut off before mysqld starts again: the transactions that
 * the new writer does not have. They were written to the binlog, and their sessions waited for the
 * peer's acknowledgement; the engines have only prepared them, and crash recovery undoes what it
 * does not find in the binlog.
 */
public final class BinlogTail {
  /** What is to be done. */
  public sealed interface Plan {
    /** Nothing: the binlog holds nothing that the writer lacks. */
    record Nothing() implements Plan {}

    /**
     * {@code file} is to end at {@code position}.
     *
     * @param begin where its transactions begin; what is before makes any part of it readable
     */
    record Cut(Path file, long begin, long position, GtidSet gtids) implements Plan {}

    /**
     * It must not be cut.
     *
     * @param gtids what the writer lacks, as far as it was read
     */
    record Refused(GtidSet gtids, Refusal why, String detail) implements Plan {

      /** Its name, and a sentence. */
      public String reason() {
        return why.word() + ": " + detail;
      }
    }
  }

  private static final Plan NOTHING = new Plan.Nothing();

  private BinlogTail() {}

  /**
   * The plan for the data set in {@code data}, of which the writer has {@code keep}. Reads the last
   * file, and those before it back to one whose transactions the writer all has: what is older was
   * sent, and so received, before.
   */
  public static Plan plan(Path data, GtidSet keep) {
    try {
      List<Path> files = files(data);
      return files.isEmpty() ? NOTHING : plan(files, keep);
    } catch (BinlogException e) {
      return new Plan.Refused(GtidSet.empty(), e.refusal(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Plan.Refused(GtidSet.empty(), Refusal.UNREADABLE, e.toString());
    }
  }

  private static List<Path> files(Path data) throws IOException {
    Path index = data.resolve("binlog.index");
    if (!Files.exists(index)) {
      return List.of();
    }
    return Files.readAllLines(index, StandardCharsets.UTF_8).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> data.resolve(line).normalize())
        .toList();
  }

  private static Plan plan(List<Path> files, GtidSet keep) throws IOException {
    Plan plan;
    try (BinlogFile last = new BinlogFile(files.getLast())) {
      if (!last.inUse()) {
        return endedInOrder(files, keep);
      }
      if (!keep.contains(last.previous())) {
        return new Plan.Refused(
            last.previous().minus(keep),
            Refusal.STARTED_SINCE,
            "mysqld was started since, or rotated its binlog");
      }
      plan = ofLast(files.getLast(), last, keep);
    }
    GtidSet older = lacking(files.subList(0, files.size() - 1), keep);
    return older.isEmpty()
        ? plan
        : new Plan.Refused(
            older, Refusal.IN_AN_OLDER_FILE, "it begins in a binlog file before the last one");
  }

  private static Plan endedInOrder(List<Path> files, GtidSet keep) throws IOException {
    GtidSet lacking = lacking(files, keep);
    return lacking.isEmpty()
        ? NOTHING
        : new Plan.Refused(
            lacking, Refusal.ENDED_IN_ORDER, "mysqld ended in order and has committed it");
  }

  private static Plan ofLast(Path file, BinlogFile last, GtidSet keep) throws IOException {
    GtidSet cut = GtidSet.empty();
    long position = -1;
    Optional<Transaction> lasting = Optional.empty();
    for (Transaction one : last.transactions()) {
      if (keep.contains(one.source, one.number)) {
        if (position >= 0) {
          return new Plan.Refused(
              cut,
              Refusal.NOT_THE_END,
              "the writer has %s, which comes after".formatted(one.name()));
        }
        continue;
      }
      position = position < 0 ? one.position : position;
      cut = cut.union(GtidSet.of(one.source, one.number));
      if (lasting.isEmpty() && one.lasting().isPresent()) {
        lasting = Optional.of(one);
      }
    }
    if (lasting.isPresent()) {
      Transaction first = lasting.get();
      return new Plan.Refused(cut, first.lasting().orElseThrow(), first.text());
    }
    return position < 0 ? NOTHING : new Plan.Cut(file, last.begin(), position, cut);
  }

  /** What the writer lacks of the newest of these that holds anything. */
  private static GtidSet lacking(List<Path> files, GtidSet keep) throws IOException {
    GtidSet lacking = GtidSet.empty();
    for (Path file : files.reversed()) {
      if (!Files.exists(file)) {
        return lacking;
      }
      try (BinlogFile older = new BinlogFile(file)) {
        List<Transaction> all = older.transactions();
        for (Transaction one : all) {
          if (!keep.contains(one.source, one.number)) {
            lacking = lacking.union(GtidSet.of(one.source, one.number));
          }
        }
        if (!all.isEmpty()) {
          return lacking;
        }
      }
    }
    return lacking;
  }
}
