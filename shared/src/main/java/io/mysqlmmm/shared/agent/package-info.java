/**
 * What operator and agent say to each other: orders, answers and observed state, and the rules by
 * which an agent accepts or refuses an order. Pure: the simulation drives these very classes.
 */
@NullMarked
package io.mysqlmmm.shared.agent;

import org.jspecify.annotations.NullMarked;
