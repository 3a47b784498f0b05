package io.mysqlmmm.e2e.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A history made by hand, in milliseconds, and what the hosts hold at its end. */
final class Story {
  private static final int LIST = 1;
  private static final int REGISTER = 2;
  private static final long MILLI = 1_000_000;

  private final History history = new History();
  private final Map<String, List<Long>> lists = new LinkedHashMap<>();
  private final Map<String, Map<Integer, Long>> registers = new HashMap<>();
  private Designations designations = new Designations("db1", 0);

  private static Span span(long start, long end) {
    return new Span(start * MILLI, end * MILLI);
  }

  Story appended(long value, String host, long start, long end) {
    return attempt(new Write(Write.Kind.APPEND, LIST, value), host, span(start, end), "ok");
  }

  Story refused(long value, String host, long start, long end) {
    return attempt(new Write(Write.Kind.APPEND, LIST, value), host, span(start, end), "refused");
  }

  Story unanswered(long value, String host, long start, long end) {
    return attempt(new Write(Write.Kind.APPEND, LIST, value), host, span(start, end), "unknown");
  }

  Story set(long value, String host, long start, long end) {
    return attempt(new Write(Write.Kind.SET, REGISTER, value), host, span(start, end), "ok");
  }

  private Story attempt(Write write, String host, Span span, String answer) {
    Outcome outcome =
        switch (answer) {
          case "ok" -> Outcome.ACKNOWLEDGED;
          case "refused" -> Outcome.REFUSED;
          default -> Outcome.UNKNOWN;
        };
    history.add(new Attempt(write, host, span, outcome, true));
    return this;
  }

  Story readList(String host, long start, long end, Long... values) {
    history.add(new ListRead(LIST, Set.of(values), host, span(start, end)));
    return this;
  }

  Story readRegister(String host, long start, long end, long value) {
    history.add(new RegisterRead(REGISTER, value, host, span(start, end)));
    return this;
  }

  /** What the list holds on a host at the end. */
  Story holds(String host, Long... values) {
    lists.put(host, Arrays.asList(values));
    return this;
  }

  Story bothHold(Long... values) {
    return holds("db1", values).holds("db2", values);
  }

  Story registerHolds(String host, long value) {
    registers.put(host, Map.of(REGISTER, value));
    return this;
  }

  Story designations(long changes) {
    designations = new Designations("db1", changes);
    return this;
  }

  Recorded recorded() {
    return history.recorded();
  }

  Findings findings() {
    Map<String, Contents> hosts = new LinkedHashMap<>();
    Set<String> names = new TreeSet<>(lists.keySet());
    names.addAll(registers.keySet());
    for (String host : names) {
      List<Long> list = lists.getOrDefault(host, new ArrayList<>());
      hosts.put(host, new Contents(Map.of(LIST, list), registers.getOrDefault(host, Map.of())));
    }
    return Checker.check(history.recorded(), hosts, designations);
  }
}
