@NullMarked
package io.mysqlmmm.agent.process;

import org.jspecify.annotations.NullMarked;
