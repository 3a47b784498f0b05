/** The ledger: who is designated to write and who may be promoted. Pure. */
@NullMarked
package io.mysqlmmm.shared.ledger;

import org.jspecify.annotations.NullMarked;
