@NullMarked
package io.mysqlmmm.operator.pki;

import org.jspecify.annotations.NullMarked;
