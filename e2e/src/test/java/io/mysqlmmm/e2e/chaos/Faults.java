package io.mysqlmmm.e2e.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All faults by name. */
final class Faults {
  private static final List<Fault> ALL =
      Stream.of(
              ProcessFaults.all(),
              PodFaults.all(),
              NetworkFaults.all(),
              ControlPlaneFaults.all(),
              SessionFaults.all(),
              DiskFaults.all(),
              PowerFaults.all(),
              RequestFaults.all())
          .flatMap(List::stream)
          .toList();

  private Faults() {}

  static List<Fault> all() {
    return ALL;
  }

  static List<String> names() {
    return ALL.stream().map(Fault::name).toList();
  }

  /** The faults of one run: names joined by +. */
  static List<Fault> named(String names) {
    Map<String, Fault> byName = new LinkedHashMap<>();
    ALL.forEach(f -> byName.put(f.name(), f));
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
