package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.PairUnderTest;
import java.time.Duration;
import java.util.List;

/** What people ask for under load; most of its worth is in being combined with faults. */
final class RequestFaults {
  private static final String ROLE = "writer";
  private static final Duration BETWEEN = Duration.ofMillis(300);
  private static final Duration OFFLINE = Duration.ofSeconds(8);

  private RequestFaults() {}

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
            }),
        Fault.lasting(
                "standby-set-offline",
                OFFLINE,
                scene -> {
                  PairUnderTest pair = scene.site().pair();
                  pair.setOffline(scene.standby(), true);
                  return () -> pair.setOffline(scene.standby(), false);
                })
            .asking());
  }
}
