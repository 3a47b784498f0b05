@NullMarked
package io.mysqlmmm.agent.vip;

import org.jspecify.annotations.NullMarked;
