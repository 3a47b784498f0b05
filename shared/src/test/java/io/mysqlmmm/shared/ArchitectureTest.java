package io.mysqlmmm.shared;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules that operator, agent and simulation share are pure. */
class ArchitectureTest {
  private static final JavaClasses SHARED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.mysqlmmm.shared");

  private static final String[] PURE = {
    "io.mysqlmmm.shared.agent..", "io.mysqlmmm.shared.gtid..", "io.mysqlmmm.shared.ledger.."
  };

  private static final Pattern IMPURE =
      Pattern.compile(
          "java.time.*[.](now|systemDefault.*|system|systemUTC)"
              + "|java.lang.(System[.](?!arraycopy)|Thread|Process|Runtime).*"
              + "|java.util.(Random|SplittableRandom|Timer).*"
              + "|.*[.](random|randomUUID|shuffle)");

  private static final DescribedPredicate<JavaAccess<?>> IS_IMPURE =
      describe(
          "reads a clock or randomness, or knows of the process",
          access ->
              IMPURE.matcher(access.getTargetOwner().getName() + "." + access.getName()).matches());

  @Test
  void protocolDependsOnValuesOnly() {
    classes()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.mysqlmmm.shared.agent..",
            "io.mysqlmmm.shared.gtid..",
            "io.mysqlmmm.shared.ledger..",
            "com.fasterxml.jackson.annotation",
            "java.lang",
            "java.lang.annotation",
            "java.lang.runtime",
            "java.time..",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "org.jspecify.annotations")
        .check(SHARED);
  }

  @Test
  void protocolReadsNoClockOrRandomness() {
    noClasses().that().resideInAnyPackage(PURE).should().accessTargetWhere(IS_IMPURE).check(SHARED);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.mysqlmmm.shared.(*)..").should().beFreeOfCycles().check(SHARED);
  }
}
