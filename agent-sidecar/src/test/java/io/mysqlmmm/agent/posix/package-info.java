@NullMarked
package io.mysqlmmm.agent.posix;

import org.jspecify.annotations.NullMarked;
