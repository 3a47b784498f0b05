/**
 * The mysqld process beside the agent: finding it, killing it, and the handshakes with the scripts
 * that start and stop it.
 */
@NullMarked
package io.mysqlmmm.agent.process;

import org.jspecify.annotations.NullMarked;
