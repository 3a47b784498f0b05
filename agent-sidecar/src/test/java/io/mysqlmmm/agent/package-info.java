@NullMarked
package io.mysqlmmm.agent;

import org.jspecify.annotations.NullMarked;
