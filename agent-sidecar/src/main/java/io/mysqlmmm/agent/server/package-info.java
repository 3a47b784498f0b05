/** The agent's HTTPS interface: mutual TLS, long poll, orders. */
@NullMarked
package io.mysqlmmm.agent.server;

import org.jspecify.annotations.NullMarked;
