/**
 * The benchmark: how long clients of the pair wait, case by case, beside the targets and what MMM
 * took on the same kind of machine (docs/benchmark.md). Nothing here asserts a time.
 */
@NullMarked
package io.mysqlmmm.e2e.bench;

import org.jspecify.annotations.NullMarked;
