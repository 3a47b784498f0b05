package io.mysqlmmm.agent.vip;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that makes network namespaces; skipped, with the reason, where that is not allowed. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("privileged")
@EnabledIf(
    value = "io.mysqlmmm.agent.posix.NetworkNamespace#available",
    disabledReason = "needs root, and the programs ip and nsenter: it makes network namespaces")
public @interface Privileged {}
