package io.mysqlmmm.e2e.chaos;

import java.util.List;
import java.util.Map;

/**
 * What one host holds of a run.
 *
 * @param lists the values of each list, in order
 * @param registers the value of each register that was ever set
 */
record Contents(Map<Integer, List<Long>> lists, Map<Integer, Long> registers) {}
