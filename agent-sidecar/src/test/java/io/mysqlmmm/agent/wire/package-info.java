@NullMarked
package io.mysqlmmm.agent.wire;

import org.jspecify.annotations.NullMarked;
