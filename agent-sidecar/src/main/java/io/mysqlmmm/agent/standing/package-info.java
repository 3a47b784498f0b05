/**
 * What the agent must not forget: written, synced and renamed into place before anything that rests
 * on it is done or said (S7).
 */
@NullMarked
package io.mysqlmmm.agent.standing;

import org.jspecify.annotations.NullMarked;
