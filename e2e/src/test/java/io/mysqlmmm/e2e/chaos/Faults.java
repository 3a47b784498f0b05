package io.mysqlmmm.e2e.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All faults by name: the ones that a campaign chooses from, and those made only when asked for.
 */
final class Faults {
  private static final List<Fault> USUAL =
      Stream.of(
              ProcessFaults.all(),
              PodFaults.all(),
              NetworkFaults.all(),
              ControlPlaneFaults.all(),
              SessionFaults.all(),
              DiskFaults.all(),
              MoveFaults.all())
          .flatMap(List::stream)
          .toList();

  private static final List<Fault> ON_REQUEST =
      List.of(ControlPlaneFaults.long60s(), DiskFaults.standbyWiped());

  private Faults() {}

  static List<Fault> usual() {
    return USUAL;
  }

  static List<String> names() {
    return Stream.concat(USUAL.stream(), ON_REQUEST.stream()).map(Fault::name).toList();
  }

  /** The faults of one run: names joined by +. */
  static List<Fault> named(String names) {
    Map<String, Fault> byName = new LinkedHashMap<>();
    Stream.concat(USUAL.stream(), ON_REQUEST.stream()).forEach(f -> byName.put(f.name(), f));
    List<Fault> found = new ArrayList<>();
    for (String name : Arrays.stream(names.split("\\+", -1)).map(String::strip).toList()) {
      Fault fault = byName.get(name);
      if (fault == null) {
        throw new IllegalArgumentException(
            "there is no fault \"%s\"; the faults are %s"
                .formatted(name, String.join(", ", byName.keySet())));
      }
      found.add(fault);
    }
    return found;
  }
}
