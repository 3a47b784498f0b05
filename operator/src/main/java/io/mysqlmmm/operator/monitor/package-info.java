/**
 * The monitor: one loop per resource that observes the agents, decides (core) and acts. Everything
 * it learns comes in as an event; every call it makes has a deadline, and one slow host never holds
 * up another.
 */
@NullMarked
package io.mysqlmmm.operator.monitor;

import org.jspecify.annotations.NullMarked;
