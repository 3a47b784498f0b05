package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.List;

/** Planned moves under load; most of their worth is in being combined with faults. */
final class MoveFaults {
  private static final String ROLE = "writer";
  private static final Duration BETWEEN = Duration.ofMillis(300);

  private MoveFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.request(
            "move",
            scene -> {
              scene.site().pair().requestMove(ROLE, scene.standby());
              return Fault.Undo.NOTHING;
            }),
        Fault.request(
            "two-moves",
            scene -> {
              scene.site().pair().requestMove(ROLE, scene.standby());
              Clock.pass(BETWEEN);
              scene.site().pair().requestMove(ROLE, scene.writer());
              return Fault.Undo.NOTHING;
            }));
  }
}
