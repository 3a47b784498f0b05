/** What could fail on a host whose mysqld answers, looked at on threads that nobody waits for. */
@NullMarked
package io.mysqlmmm.agent.vitals;

import org.jspecify.annotations.NullMarked;
