@NullMarked
package io.mysqlmmm.agent.server;

import org.jspecify.annotations.NullMarked;
