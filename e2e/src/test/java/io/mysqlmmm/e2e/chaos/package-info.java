/**
 * Chaos: clients write and read through the pair's addresses and remember every answer, while
 * faults come and go in an order that a seed gives; then a checker compares the answers with what
 * the hosts hold (docs/chaos.md).
 *
 * <p>The checker and what it reads are pure and tested without a lab: {@link
 * io.mysqlmmm.e2e.chaos.Checker}. Times are nanoseconds since the campaign's start.
 */
@NullMarked
package io.mysqlmmm.e2e.chaos;

import org.jspecify.annotations.NullMarked;
