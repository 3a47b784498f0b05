package io.mysqlmmm.e2e.bench;

import java.util.List;

/**
 * One thing that is measured.
 *
 * @param name on the command line
 * @param share one run for so many that were asked for, and one at least: some take long
 */
record Case(String name, int share, Measurement measurement) {

  /** How it is measured. */
  interface Measurement {
    List<Figure> of(Ground ground, int runs) throws Exception;
  }

  List<Figure> measure(Ground ground, int runs) throws Exception {
    return measurement.of(ground, Math.max(1, runs / share));
  }
}
