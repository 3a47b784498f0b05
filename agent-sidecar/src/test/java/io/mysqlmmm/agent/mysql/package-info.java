@NullMarked
package io.mysqlmmm.agent.mysql;

import org.jspecify.annotations.NullMarked;
