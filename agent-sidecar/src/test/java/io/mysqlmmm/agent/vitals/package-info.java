@NullMarked
package io.mysqlmmm.agent.vitals;

import org.jspecify.annotations.NullMarked;
