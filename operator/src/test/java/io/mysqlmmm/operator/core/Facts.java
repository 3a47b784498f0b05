package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.CheckState.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a host is judged by, in words: all is well unless said otherwise. */
final class Facts {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String BOOT = "boot-1";

  private HostLife life;
  private final Map<Check, CheckState> checks = new EnumMap<>(Check.class);
  private Instant now = START;
  private boolean offline;
  private boolean onPurpose;
  private boolean writer;
  private boolean writerServes = true;
  private String bootId = BOOT;
  private Optional<Duration> auto = Optional.of(Duration.ZERO);
  private Optional<String> request = Optional.empty();

  private Facts(HostLife life) {
    this.life = life;
    now = life.since();
    for (Check check : Check.values()) {
      set(check, Outcome.OK, START.minus(Duration.ofSeconds(1)));
    }
  }

  static Facts in(HostState state) {
    return new Facts(life(state, Flaps.NONE, Optional.empty(), START));
  }

  /** The same host later, in another state. */
  static Facts from(HostLife life, HostState state) {
    return new Facts(life(state, life.flaps(), Optional.empty(), life.since()));
  }

  /** The same host at the next look. */
  static Facts next(HostLife life) {
    return new Facts(life);
  }

  private static HostLife life(
      HostState state, Flaps flaps, Optional<Instant> down, Instant since) {
    return new HostLife(
        state, "TEST", "", since, flaps, down, BOOT, Optional.empty(), Optional.empty());
  }

  HostState state() {
    return life.state();
  }

  Optional<String> request() {
    return request;
  }

  private void set(Check check, Outcome outcome, Instant since) {
    checks.put(
        check,
        new CheckState(outcome, since, check + " " + outcome, Optional.empty(), Optional.empty()));
  }

  Facts down(Check check) {
    set(check, Outcome.FAILED, now);
    return this;
  }

  Facts unknown(Check check) {
    set(check, Outcome.UNKNOWN, now);
    return this;
  }

  Facts offline() {
    offline = true;
    return this;
  }

  Facts onPurpose() {
    onPurpose = true;
    return this;
  }

  Facts writer() {
    writer = true;
    return this;
  }

  Facts noWriter() {
    writerServes = false;
    return this;
  }

  Facts flapping() {
    life = life(life.state(), new Flaps(4, Optional.of(START), true), life.downSince(), START);
    return this;
  }

  Facts fell(Duration ago) {
    life = life(life.state(), life.flaps(), Optional.of(now.minus(ago)), life.since());
    return this;
  }

  Facts rebooted() {
    bootId = "boot-2";
    return this;
  }

  /** autoSetOnline: Never. */
  Facts never() {
    auto = Optional.empty();
    return this;
  }

  Facts auto(long seconds) {
    auto = Optional.of(Duration.ofSeconds(seconds));
    return this;
  }

  Facts since(Duration ago) {
    return later(ago);
  }

  Facts later(Duration time) {
    now = now.plus(time);
    return this;
  }

  Facts quietFor(Duration time) {
    for (Check check : Check.values()) {
      set(check, Outcome.OK, START);
    }
    now = START.plus(time);
    return this;
  }

  Facts asked() {
    request = Optional.of("2026-01-01T00:00:00Z");
    return this;
  }

  HostLife judged() {
    return HostJudge.judge(build(), request);
  }

  HostFacts build() {
    Topology.Policy d = Policies.DEFAULT;
    Topology.Policy policy =
        new Topology.Policy(
            Set.of(),
            d.checks(),
            d.maxBacklog(),
            d.flapCount(),
            d.flapDuration(),
            auto,
            d.waitForOtherMaster(),
            d.pingIps(),
            d.fencing());
    return new HostFacts(
        life,
        checks,
        offline,
        writer,
        writer && writerServes,
        writerServes,
        request.isPresent(),
        onPurpose,
        bootId,
        policy,
        now);
  }
}
