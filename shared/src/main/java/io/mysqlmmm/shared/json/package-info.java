/** How operator and agent write their words on the wire and on disk. */
@NullMarked
package io.mysqlmmm.shared.json;

import org.jspecify.annotations.NullMarked;
