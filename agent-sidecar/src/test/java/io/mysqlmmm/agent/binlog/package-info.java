@NullMarked
package io.mysqlmmm.agent.binlog;

import org.jspecify.annotations.NullMarked;
