/**
 * Decides what to do for one pair. Pure: no clock, no I/O, no logging, no randomness; the same
 * snapshot gives the same decision. What "unknown" means is a value, commands are data.
 */
@NullMarked
package io.mysqlmmm.operator.core;

import org.jspecify.annotations.NullMarked;
