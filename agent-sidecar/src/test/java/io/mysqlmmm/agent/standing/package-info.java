@NullMarked
package io.mysqlmmm.agent.standing;

import org.jspecify.annotations.NullMarked;
