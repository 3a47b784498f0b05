@NullMarked
package io.mysqlmmm.operator.monitor;

import org.jspecify.annotations.NullMarked;
