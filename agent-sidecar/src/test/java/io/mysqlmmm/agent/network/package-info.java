@NullMarked
package io.mysqlmmm.agent.network;

import org.jspecify.annotations.NullMarked;
