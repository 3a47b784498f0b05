/** The operator's own settings, read once from the environment. */
@NullMarked
package io.mysqlmmm.operator.config;

import org.jspecify.annotations.NullMarked;
