/** The one place that speaks SQL to the mysqld beside the agent. Every statement has a bound. */
@NullMarked
package io.mysqlmmm.agent.mysql;

import org.jspecify.annotations.NullMarked;
