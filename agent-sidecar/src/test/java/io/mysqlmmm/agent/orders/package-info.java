@NullMarked
package io.mysqlmmm.agent.orders;

import org.jspecify.annotations.NullMarked;
