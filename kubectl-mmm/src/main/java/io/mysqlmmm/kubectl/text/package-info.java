/** Pure text: a resource in, what a person or a script reads out. No cluster, clock or console. */
@NullMarked
package io.mysqlmmm.kubectl.text;

import org.jspecify.annotations.NullMarked;
