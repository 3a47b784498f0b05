package io.mysqlmmm.shared.gtid;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An immutable set of global transaction identifiers, in MySQL's own notation, tags included
 * ({@code uuid:1-5:9,uuid:tag:1-3}). Two sets are equal exactly when they hold the same
 * transactions, and {@link #toString()} is canonical.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.5/en/replication-gtids-concepts.html">GTID
 *     format</a>
 */
public final class GtidSet {
  private static final GtidSet EMPTY = new GtidSet(new TreeMap<>());
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TAG = Pattern.compile("[a-z_][a-z0-9_]{0,31}");

  /** Transactions {@code first} to {@code last}, both included. */
  private record Interval(long first, long last) {}

  /** Source ("uuid" or "uuid:tag") to disjoint, ascending, never adjacent intervals. */
  private final SortedMap<String, List<Interval>> sources;

  private GtidSet(SortedMap<String, List<Interval>> sources) {
    this.sources = Collections.unmodifiableSortedMap(sources);
  }

  public static GtidSet empty() {
    return EMPTY;
  }

  /**
   * Parses MySQL's notation; white space and line breaks are allowed, as the server prints them.
   *
   * @throws IllegalArgumentException naming the part that is not a GTID set
   */
  @JsonCreator
  public static GtidSet parse(String text) {
    SortedMap<String, List<Interval>> sources = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      String entry = part.strip().toLowerCase(Locale.ROOT);
      if (!entry.isEmpty()) {
        parseEntry(entry, sources);
      }
    }
    return of(sources);
  }

  private static void parseEntry(String entry, Map<String, List<Interval>> into) {
    String[] fields = entry.split("\\s*:\\s*", -1);
    if (fields.length < 2 || !UUID.matcher(fields[0]).matches()) {
      throw new IllegalArgumentException("not a GTID set: '" + entry + "'");
    }
    String source = fields[0];
    for (int i = 1; i < fields.length; i++) {
      if (TAG.matcher(fields[i]).matches()) {
        source = fields[0] + ":" + fields[i];
      } else {
        into.computeIfAbsent(source, s -> new ArrayList<>()).add(parseInterval(fields[i], entry));
      }
    }
  }

  private static Interval parseInterval(String text, String entry) {
    int dash = text.indexOf('-');
    try {
      long first = Long.parseLong(dash < 0 ? text : text.substring(0, dash).strip());
      long last = dash < 0 ? first : Long.parseLong(text.substring(dash + 1).strip());
      if (first >= 1 && last >= first) {
        return new Interval(first, last);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a GTID set: '" + entry + "'", e);
    }
    throw new IllegalArgumentException("not a GTID interval: '" + text + "' in '" + entry + "'");
  }

  private static GtidSet of(Map<String, List<Interval>> sources) {
    SortedMap<String, List<Interval>> merged = new TreeMap<>();
    sources.forEach(
        (source, intervals) -> {
          List<Interval> joined = join(intervals);
          if (!joined.isEmpty()) {
            merged.put(source, joined);
          }
        });
    return merged.isEmpty() ? EMPTY : new GtidSet(merged);
  }

  private static List<Interval> join(List<Interval> intervals) {
    List<Interval> sorted = new ArrayList<>(intervals);
    sorted.sort((a, b) -> Long.compare(a.first(), b.first()));
    List<Interval> joined = new ArrayList<>();
    for (Interval next : sorted) {
      Interval last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && next.first() <= last.last() + 1) {
        joined.set(
            joined.size() - 1, new Interval(last.first(), Math.max(last.last(), next.last())));
      } else {
        joined.add(next);
      }
    }
    return List.copyOf(joined);
  }

  public boolean isEmpty() {
    return sources.isEmpty();
  }

  /** Number of transactions in the set. */
  public long size() {
    return sources.values().stream()
        .flatMap(List::stream)
        .mapToLong(i -> i.last() - i.first() + 1)
        .sum();
  }

  /** Whether every transaction of {@code other} is in this set. */
  public boolean contains(GtidSet other) {
    return other.minus(this).isEmpty();
  }

  /** Whether transaction {@code number} of {@code source} (a uuid in lower case) is in this set. */
  public boolean contains(String source, long number) {
    return sources.getOrDefault(source, List.of()).stream()
        .anyMatch(i -> i.first() <= number && number <= i.last());
  }

  /** Transaction {@code number} of the server {@code source}, from 1. */
  public static GtidSet of(String source, long number) {
    return of(Map.of(source.toLowerCase(Locale.ROOT), List.of(new Interval(number, number))));
  }

  public GtidSet union(GtidSet other) {
    SortedMap<String, List<Interval>> all = new TreeMap<>();
    sources.forEach((source, intervals) -> all.put(source, new ArrayList<>(intervals)));
    other.sources.forEach(
        (source, intervals) ->
            all.computeIfAbsent(source, s -> new ArrayList<>()).addAll(intervals));
    return of(all);
  }

  /** The transactions that the server with this uuid did not originate, whatever their tag. */
  public GtidSet withoutSource(String serverUuid) {
    SortedMap<String, List<Interval>> rest = new TreeMap<>(sources);
    String uuid = serverUuid.toLowerCase(Locale.ROOT);
    rest.keySet().removeIf(source -> source.equals(uuid) || source.startsWith(uuid + ":"));
    return of(rest);
  }

  /** The transactions of this set that are not in {@code other}. */
  public GtidSet minus(GtidSet other) {
    SortedMap<String, List<Interval>> rest = new TreeMap<>();
    sources.forEach(
        (source, intervals) ->
            rest.put(source, subtract(intervals, other.sources.getOrDefault(source, List.of()))));
    return of(rest);
  }

  private static List<Interval> subtract(List<Interval> from, List<Interval> cuts) {
    List<Interval> rest = new ArrayList<>();
    for (Interval whole : from) {
      long next = whole.first();
      for (Interval cut : cuts) {
        if (cut.last() < next || cut.first() > whole.last()) {
          continue;
        }
        if (cut.first() > next) {
          rest.add(new Interval(next, cut.first() - 1));
        }
        next = cut.last() + 1;
      }
      if (next <= whole.last()) {
        rest.add(new Interval(next, whole.last()));
      }
    }
    return rest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GtidSet set && sources.equals(set.sources);
  }

  @Override
  public int hashCode() {
    return sources.hashCode();
  }

  @Override
  @JsonValue
  public String toString() {
    StringBuilder text = new StringBuilder();
    sources.forEach(
        (source, intervals) -> {
          text.append(text.isEmpty() ? "" : ",").append(source);
          for (Interval i : intervals) {
            text.append(':').append(i.first());
            if (i.last() > i.first()) {
              text.append('-').append(i.last());
            }
          }
        });
    return text.toString();
  }
}
