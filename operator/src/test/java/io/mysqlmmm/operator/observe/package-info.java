@NullMarked
package io.mysqlmmm.operator.observe;

import org.jspecify.annotations.NullMarked;
