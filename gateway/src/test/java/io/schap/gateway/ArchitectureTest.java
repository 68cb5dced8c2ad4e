package io.schap.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the gateway's packages free of cycles, and out of what is the engine's own. */
@AnalyzeClasses(packages = "io.schap.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.schap.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule JOURNAL_AND_RING_ARE_THE_ENGINES = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("net.openhft..", "com.lmax..", "io.schap.engine.pipeline.."));

    @ArchTest
    static final ArchRule COMMAND_LINE_STAYS_IN_CLI = noClasses()
            .that()
            .resideOutsideOfPackage("io.schap.gateway.cli..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("picocli..", "io.schap.gateway.cli.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule CSV_IS_READ_WHERE_COMMANDS_ARE_MADE = noClasses()
            .that()
            .resideOutsideOfPackages("io.schap.gateway.imports..", "io.schap.gateway.cli..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("de.siegmar.."))
            .allowEmptyShould(true);
}
