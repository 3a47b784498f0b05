/**
 * Brings leadership to the operator whose node's loss costs writes least (docs/decisions/027). It
 * grants nothing: who leads is for {@code lead} to say.
 */
@NullMarked
package io.mysqlmmm.operator.succession;

import org.jspecify.annotations.NullMarked;
