/** What the agent is told once, at its start: its configuration, its paths, the passwords. */
@NullMarked
package io.mysqlmmm.agent.config;

import org.jspecify.annotations.NullMarked;
