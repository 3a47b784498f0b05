@NullMarked
package io.mysqlmmm.agent.preflight;

import org.jspecify.annotations.NullMarked;
