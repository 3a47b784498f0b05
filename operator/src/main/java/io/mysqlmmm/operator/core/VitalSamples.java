package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.agent.Vitals.Volume;
import io.mysqlmmm.shared.agent.Vitals.Writing;
import java.time.Duration;
import java.time.Instant;

/** What MMM never looked at: whether the writer can write, the disk, the clock. Pure. */
final class VitalSamples {
  /** Of the data's volume, below which it counts as nearly full. */
  private static final double LEAST_FREE = 0.05;

  /** Certificates and people bear much more; what is told with times reads wrong beyond it. */
  private static final Duration MOST_SKEW = Duration.ofSeconds(1);

  private VitalSamples() {}

  static Sample of(Snapshot seen, String host, Check check) {
    if (!(seen.agents().get(host) instanceof Reading.Known<AgentState>(var agent, var at))) {
      return new Sample.Unknown("its agent does not answer");
    }
    Duration timeout = seen.topology().policy().check(check).timeout();
    Vitals vitals = agent.vitals();
    return switch (check) {
      case WRITE -> write(vitals.writing(), timeout);
      case DISK -> disk(vitals.volume(), timeout);
      case CLOCK -> clock(vitals, seen.wall().minus(seen.now().minus(at)));
      case PING, MYSQL, REP_THREADS, REP_BACKLOG ->
          throw new IllegalArgumentException(check + " is not told in vitals");
    };
  }

  /** A row that waits for the peer is the peer's silence, and no fault of the writer. */
  private static Sample write(Writing writing, Duration timeout) {
    return switch (writing) {
      case Writing.NotDue _ -> new Sample.Good("it is not to write now");
      case Writing.Due due when !due.error().isEmpty() ->
          new Sample.Bad("a row cannot be written: " + due.error(), false);
      case Writing.Due due when due.awaitsPeer() ->
          new Sample.Unknown("a row waits for the other master's acknowledgement");
      case Writing.Due due when due.pendingMillis() > timeout.toMillis() ->
          new Sample.Bad(
              "a row has waited for %d s to be written".formatted(due.pendingMillis() / 1000),
              false);
      case Writing.Due due when due.successMillis().isPresent() ->
          new Sample.Good("a row is written every second");
      case Writing.Due _ -> new Sample.Unknown("no row was written yet");
    };
  }

  private static Sample disk(Volume volume, Duration timeout) {
    return switch (volume) {
      case Volume.Silent(var millis) ->
          millis > timeout.toMillis()
              ? new Sample.Bad(
                  "the data's volume has not answered for %d s".formatted(millis / 1000), false)
              : new Sample.Unknown("the data's volume was not looked at yet");
      case Volume.Seen s when s.readOnly() ->
          new Sample.Bad("the data's file system is read-only", true);
      case Volume.Seen s when !s.writeError().isEmpty() ->
          new Sample.Bad("a file cannot be written beside the data: " + s.writeError(), false);
      case Volume.Seen s when s.freeBytes() < s.totalBytes() * LEAST_FREE ->
          new Sample.Bad(
              "the data's volume is nearly full: %d MiB of %d MiB are free"
                  .formatted(s.freeBytes() >> 20, s.totalBytes() >> 20),
              false);
      case Volume.Seen _ -> new Sample.Good("the data's volume takes writes and has room");
    };
  }

  private static Sample clock(Vitals vitals, Instant arrived) {
    if (!vitals.hasWallClock()) {
      return new Sample.Unknown("its agent does not tell its clock");
    }
    Duration ahead = Duration.between(arrived, vitals.wallClock());
    return ahead.abs().compareTo(MOST_SKEW) > 0
        ? new Sample.Bad(
            "its clock is %d ms %s the operator's"
                .formatted(ahead.abs().toMillis(), ahead.isNegative() ? "behind" : "ahead of"),
            false)
        : new Sample.Good("its clock is the operator's");
  }
}
