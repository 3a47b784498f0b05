/** The whole agent beside real mysqld processes, on loopback; only the network is a fake. */
@NullMarked
package io.mysqlmmm.agent.real;

import org.jspecify.annotations.NullMarked;
