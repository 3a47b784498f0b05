/** The vote of this host for the writer that it follows: heartbeats to the writer's agent (S9). */
@NullMarked
package io.mysqlmmm.agent.vote;

import org.jspecify.annotations.NullMarked;
