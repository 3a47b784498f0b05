package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * One run.
 *
 * <ol>
 *   <li>The clients go on; writes are being acknowledged, and an operator leads: the fault before
 *       may have left the pair well and the operators without a leader.
 *   <li>The faults are injected, and each is lifted when its time is over.
 *   <li>The pair comes back: Ready and Redundant, a write sent after that is acknowledged, and the
 *       status says the same still, a few seconds after the fault at least; or it needs a person;
 *       or the bound passes.
 *   <li>The clients pause, the hosts catch up, and the run is judged.
 * </ol>
 */
final class Performance {
  private static final Duration SERVED = Duration.ofSeconds(20);
  private static final Duration COMES_BACK = Duration.ofSeconds(90);

  /** A state that needs a person may be passed through; it has to stay for so long. */
  private static final Duration STAYS = Duration.ofSeconds(15);

  /** What a fault does may show later than the pair's first look of being well. */
  private static final Duration WATCHED = Duration.ofSeconds(3);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final Stage stage;
  private final Plan.Run run;
  private final Clock clock;
  private final History history = new History();
  private final List<String> skipped = new ArrayList<>();
  private final Queue<Lasting> lasting =
      new PriorityQueue<>(Comparator.comparingLong(Lasting::until));

  /** A fault that was injected and is not lifted yet. */
  private record Lasting(long until, Fault.Undo undo) {}

  /** Since when it has been in the state that it is in. */
  private long back;

  Performance(Stage stage, Plan.Run run) {
    this.stage = stage;
    this.run = run;
    this.clock = stage.site().clock();
  }

  RunResult perform() throws SQLException {
    PairUnderTest pair = stage.site().pair();
    Instant begun = Instant.now();
    String first = pair.writer();
    long epoch = pair.epoch();
    stage.ledger().seen(epoch, first);
    stage.vip().takeShared();
    stage.workload().resume(new Sheet(history, Schema.firstKey(run.number())));
    awaitServed(SERVED);
    Leader.await(stage.site().client(), SERVED);
    long start = clock.now();
    makeFaults();
    long lifted = clock.now();
    EndState end = awaitEnd(lifted);
    Span whole = new Span(start, clock.now());
    stage.workload().pause();
    Duration twoHolders = stage.vip().takeShared();
    Recorded recorded = history.recorded();
    Findings findings = judge(recorded, end, epoch, first);
    return new RunResult(
        run,
        first,
        Duration.ofNanos(recorded.longestWriteGap(whole)),
        Duration.ofNanos(back - lifted),
        twoHolders,
        end,
        findings,
        skipped,
        Told.since(stage.site(), begun),
        recorded);
  }

  /** Without knowledge of the hosts only the acknowledgements can be judged. */
  private Findings judge(Recorded recorded, EndState end, long epoch, String first)
      throws SQLException {
    stage.ledger().seen(stage.site().pair().epoch(), stage.site().pair().writer());
    Designations designations = stage.ledger().since(epoch, first);
    return end.kind() == EndState.Kind.NONE
        ? Checker.check(recorded, Map.of(), designations)
        : Checker.check(recorded, stage.judge().contents(run.number()), designations);
  }

  private void awaitServed(Duration bound) {
    long since = clock.now();
    Eventually.within(
        bound,
        () -> {
          if (!history.servedSince(since)) {
            throw new AssertionError("no write through the writer's IP was acknowledged");
          }
        });
  }

  private void makeFaults() {
    Scene scene = Scene.now(stage.site(), new Random(run.seed()));
    long at = clock.now();
    for (Fault fault : run.faults()) {
      liftUntil(at);
      inject(fault, scene);
      at = clock.now() + run.between().toNanos();
    }
    while (!lasting.isEmpty()) {
      liftUntil(lasting.element().until());
    }
  }

  private void inject(Fault fault, Scene scene) {
    try {
      Fault.Undo undo = fault.injection().into(scene);
      stage.undos().add(undo);
      lasting.add(new Lasting(clock.now() + fault.lasts().toNanos(), undo));
    } catch (Exception | AssertionError e) {
      skipped.add(fault.name() + ": " + e.getMessage());
    }
  }

  /** Lets the time pass, and lifts what is over by then. */
  private void liftUntil(long time) {
    Lasting next = lasting.peek();
    while (next != null && next.until() <= time) {
      pass(next.until());
      stage.undos().run(lasting.remove().undo()).ifPresent(skipped::add);
      next = lasting.peek();
    }
    pass(time);
  }

  private void pass(long until) {
    Clock.pass(Duration.ofNanos(Math.max(0, until - clock.now())));
  }

  private EndState awaitEnd(long lifted) {
    long deadline = lifted + COMES_BACK.toNanos();
    EndState last = look();
    back = clock.now();
    while (clock.now() < deadline) {
      boolean well = last.kind() == EndState.Kind.HEALTHY && isWellInDeed();
      if (well && clock.now() - lifted > WATCHED.toNanos()) {
        return last;
      }
      if (last.kind() == EndState.Kind.NEEDS_A_PERSON && clock.now() - back > STAYS.toNanos()) {
        return last;
      }
      Clock.pass(LOOK);
      EndState next = look();
      boolean saidOnly = last.kind() == EndState.Kind.HEALTHY && !well;
      if (saidOnly || !next.name().equals(last.name())) {
        back = clock.now();
      }
      last = next;
    }
    return last.kind() == EndState.Kind.HEALTHY
        ? new EndState(EndState.Kind.NONE, "said to be healthy", "but writes are not acknowledged")
        : last;
  }

  private EndState look() {
    try {
      return EndState.of(stage.site().pair());
    } catch (RuntimeException | AssertionError e) {
      return new EndState(EndState.Kind.NONE, "no status", String.valueOf(e.getMessage()));
    }
  }

  /**
   * The status may be of before the fault: a write has to be acknowledged, and it still says so.
   */
  private boolean isWellInDeed() {
    try {
      awaitServed(Duration.ofSeconds(2));
      return stage.site().pair().writable().equals(List.of(stage.site().pair().writer()))
          && look().kind() == EndState.Kind.HEALTHY;
    } catch (RuntimeException | AssertionError e) {
      return false;
    }
  }
}
