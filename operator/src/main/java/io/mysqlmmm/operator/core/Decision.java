package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to do now. Sends are independent of each other; a ledger or status write comes alone. The
 * world is looked at anew after every decision, so a plan may be cut anywhere.
 *
 * @param because one sentence for a person
 * @param recheckAfter when to look again although nothing was reported
 */
public record Decision(
    Verdict verdict, String because, List<Command> commands, Optional<Duration> recheckAfter) {
  public Decision {
    commands = List.copyOf(commands);
  }

  /** The same put off, as the API server does not answer; looked at again in half a second. */
  public Decision withoutLedger() {
    return wait(
        Verdict.LEDGER_UNREACHABLE,
        because + "; it is not begun, as the API server does not answer");
  }

  static Decision wait(Verdict verdict, String because) {
    return new Decision(verdict, because, List.of(), Optional.of(Duration.ofMillis(500)));
  }

  static Decision act(Verdict verdict, String because, Command... commands) {
    return new Decision(verdict, because, List.of(commands), Optional.empty());
  }

  static Decision act(Verdict verdict, String because, List<Command> commands) {
    return new Decision(verdict, because, commands, Optional.empty());
  }
}
