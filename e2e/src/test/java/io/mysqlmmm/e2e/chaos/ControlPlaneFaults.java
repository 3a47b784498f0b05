package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Lab;
import java.time.Duration;
import java.util.List;

/** The API server and the operators away, dead or asleep. */
final class ControlPlaneFaults {
  private static final Duration ASLEEP = Duration.ofSeconds(8);
  private static final Duration API_AWAY = Duration.ofSeconds(15);
  private static final Duration API_AWAY_LONG = Duration.ofSeconds(60);

  private ControlPlaneFaults() {}

  static List<Fault> all() {
    return List.of(
        apiFrozen("api-frozen", API_AWAY),
        Fault.lasting(
            "api-stopped",
            API_AWAY,
            scene -> {
              Lab.lab("stop", "apiserver");
              return () -> Lab.lab("start", "apiserver");
            }),
        Fault.request(
            "leader-killed",
            scene -> {
              Processes.signal("KILL", Processes.operator(leader(scene)));
              return Fault.Undo.NOTHING;
            }),
        Fault.request(
            "leader-pod-deleted",
            scene -> {
              scene
                  .site()
                  .client()
                  .pods()
                  .inNamespace(Leader.NAMESPACE)
                  .withName(leader(scene))
                  .withGracePeriod(0)
                  .delete();
              return Fault.Undo.NOTHING;
            }),
        Fault.lasting(
                "leader-frozen",
                ASLEEP,
                scene -> Processes.freeze(Processes.operator(leader(scene))))
            .asking(),
        apiFrozen("api-frozen-for-a-minute", API_AWAY_LONG));
  }

  /** Connections stay, and nothing is answered. */
  private static Fault apiFrozen(String name, Duration lasts) {
    return Fault.lasting(
        name,
        lasts,
        scene -> {
          Lab.lab("signal", "STOP", "apiserver");
          return () -> Lab.lab("signal", "CONT", "apiserver");
        });
  }

  private static String leader(Scene scene) throws Fault.Skipped {
    return Leader.pod(scene.site().client())
        .orElseThrow(() -> new Fault.Skipped("nobody leads at present"));
  }
}
