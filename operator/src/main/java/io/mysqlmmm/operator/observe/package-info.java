/**
 * The only place that turns the API's permissive records into the checked domain form. Pure: what
 * the cluster says (nodes and their addresses) comes in as an argument.
 */
@NullMarked
package io.mysqlmmm.operator.observe;

import org.jspecify.annotations.NullMarked;
