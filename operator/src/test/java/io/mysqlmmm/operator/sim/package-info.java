/**
 * A pair with its operators, API server and network as a deterministic world, driven by the real
 * decisions, monitor, votes, agents' rules and lease rules. One seed, one history.
 */
@NullMarked
package io.mysqlmmm.operator.sim;

import org.jspecify.annotations.NullMarked;
