package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the reads of a run with its writes: a read sees every write that was acknowledged before
 * it was sent, none that was sent after it was answered, and none that was refused.
 */
final class ReadCheck {
  private final Recorded recorded;
  private final Optional<Replacement> replacement;
  private final List<String> bad = new ArrayList<>();
  private int stale;

  /** Without a replacement no read may be stale. */
  private ReadCheck(Recorded recorded, Optional<Replacement> replacement) {
    this.recorded = recorded;
    this.replacement = replacement;
  }

  static Findings of(Recorded recorded) {
    ReadCheck check = new ReadCheck(recorded, Optional.of(new Replacement(recorded)));
    recorded.listReads().forEach(check::list);
    recorded.registerReads().forEach(check::register);
    return check.findings();
  }

  /** Compares the final values of a host's registers with the writes. */
  static Findings ofRegisters(Recorded recorded, String host, Contents contents) {
    ReadCheck check = new ReadCheck(recorded, Optional.empty());
    recorded.attempts().stream()
        .filter(a -> a.write().kind() == Write.Kind.SET)
        .map(a -> a.write().key())
        .distinct()
        .forEach(
            register -> {
              long value = contents.registers().getOrDefault(register, 0L);
              Span atTheEnd = new Span(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);
              check.register(new RegisterRead(register, value, host, atTheEnd));
            });
    List<String> wrong = check.bad.stream().map(text -> "at the end, " + text).toList();
    return new Findings(
        Findings.NONE.lost(),
        Findings.NONE.doubled(),
        Findings.NONE.revived(),
        wrong,
        List.of(),
        0,
        Duration.ZERO);
  }

  private Findings findings() {
    return new Findings(
        Findings.NONE.lost(),
        Findings.NONE.doubled(),
        Findings.NONE.revived(),
        List.of(),
        bad,
        stale,
        Duration.ZERO);
  }

  private void list(ListRead read) {
    recorded
        .attemptsOn(Write.Kind.APPEND, read.list())
        .filter(a -> a.acknowledged() && a.span().isBefore(read.span()))
        .filter(a -> !read.values().contains(a.write().value()))
        .findFirst()
        .ifPresent(
            missed ->
                judge(
                    read.host(),
                    missed.host(),
                    read.span(),
                    "list %d on %s without %d, which %s had acknowledged"
                        .formatted(
                            read.list(), read.host(), missed.write().value(), missed.host())));
    recorded
        .attemptsOn(Write.Kind.APPEND, read.list())
        .filter(a -> read.values().contains(a.write().value()))
        .filter(a -> isImpossible(a, read.span()))
        .findFirst()
        .ifPresent(a -> bad.add("list %d shows %s".formatted(read.list(), a)));
  }

  private void register(RegisterRead read) {
    Optional<Attempt> seen =
        recorded
            .attemptsOn(Write.Kind.SET, read.register())
            .filter(a -> a.write().value() == read.value())
            .findFirst();
    if (seen.isEmpty() && read.value() != 0) {
      bad.add("register %d holds %d, which nobody wrote".formatted(read.register(), read.value()));
      return;
    }
    if (seen.isPresent() && isImpossible(seen.get(), read.span())) {
      bad.add("register %d shows %s".formatted(read.register(), seen.get()));
      return;
    }
    long overwritable = seen.map(Attempt::latestEffect).orElse(Long.MIN_VALUE);
    recorded
        .attemptsOn(Write.Kind.SET, read.register())
        .filter(a -> a.acknowledged() && a.span().isBefore(read.span()))
        .filter(a -> a.span().start() > overwritable)
        .findFirst()
        .ifPresent(
            newer ->
                judge(
                    read.host(),
                    newer.host(),
                    read.span(),
                    "register %d on %s shows %d, but %s had acknowledged %d after it"
                        .formatted(
                            read.register(),
                            read.host(),
                            read.value(),
                            newer.host(),
                            newer.write().value())));
  }

  private static boolean isImpossible(Attempt shown, Span read) {
    return shown.outcome() == Outcome.REFUSED || read.isBefore(shown.span());
  }

  private void judge(String host, String writer, Span read, String what) {
    if (replacement.isPresent() && replacement.get().of(host, writer, read)) {
      stale++;
    } else {
      bad.add(what);
    }
  }
}
