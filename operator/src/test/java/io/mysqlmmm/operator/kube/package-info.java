@NullMarked
package io.mysqlmmm.operator.kube;

import org.jspecify.annotations.NullMarked;
