/** Carrying out orders: the rule first, then the durable record, then the effect, then a look. */
@NullMarked
package io.mysqlmmm.agent.orders;

import org.jspecify.annotations.NullMarked;
