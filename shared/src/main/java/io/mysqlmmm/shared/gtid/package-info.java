/** GTID sets as values: what a server has executed or received. Pure. */
@NullMarked
package io.mysqlmmm.shared.gtid;

import org.jspecify.annotations.NullMarked;
