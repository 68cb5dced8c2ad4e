package io.schap.engine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the arrows between the engine's packages, and each heavy library to its one package. */
@AnalyzeClasses(packages = "io.schap.engine", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String ROOT = "io.schap.engine";

    /** The stages, each on a row knows only the rows above; those of one row know nothing of each other. */
    private static final List<Set<String>> STAGES = List.of(
            Set.of("command"),
            Set.of("state"),
            Set.of("view"),
            Set.of("ingress", "egress", "journal"),
            Set.of("status"),
            Set.of("pipeline", "recovery"));

    /** What a pure class may touch of the JDK and Agrona; {@link #IMPURE} takes some of it away again. */
    private static final String[] PURE_PACKAGES = {
        "java.lang",
        "java.lang.annotation",
        "java.lang.invoke",
        "java.lang.runtime",
        "java.nio",
        "java.nio.charset",
        "java.util",
        "java.util.function",
        "java.util.stream",
        "org.agrona..",
        ROOT + ".command..",
        ROOT + ".state..",
        "" // primitives and their arrays
    };

    /** Maps that one thread writes and all read, in an order of their keys alone. */
    private static final DescribedPredicate<JavaClass> SORTED_FOR_READERS = describe(
            "a sorted map that readers share",
            type -> Set.of("java.util.concurrent.ConcurrentNavigableMap", "java.util.concurrent.ConcurrentSkipListMap")
                    .contains(type.getName()));

    private static final Set<String> IMPURE_NAMES = Set.of(
            "java.lang.InheritableThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.ThreadLocal",
            "java.util.Calendar",
            "java.util.Date",
            "java.util.GregorianCalendar",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.UUID");

    private static final DescribedPredicate<JavaClass> IMPURE = describe(
            "a clock, thread or source of chance",
            type -> IMPURE_NAMES.contains(type.getName())
                    || type.getPackageName().startsWith("org.agrona")
                            && type.getSimpleName().matches(".*(Clock|Idle|Agent|Random|MappedBuffer|IoUtil).*"));

    /** Of these types only what is named may be called: it does not tell one run from another. */
    private static final Map<String, Set<String>> PURE_CALLS = Map.of(
            "java.lang.System", Set.of("arraycopy"),
            "java.lang.Thread", Set.of("onSpinWait"));

    private static final DescribedPredicate<JavaCall<?>> IMPURE_CALL = describe(
            "something that differs from run to run",
            call -> !PURE_CALLS
                            .getOrDefault(call.getTargetOwner().getName(), Set.of(call.getName()))
                            .contains(call.getName())
                    || call.getTargetOwner().isEquivalentTo(Math.class)
                            && call.getName().equals("random"));

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule ARROWS_RUN_ONE_WAY = arrowsRunOneWay();

    @ArchTest
    static final ArchRule NO_STAGE_KNOWS_THE_FACADE = noClasses()
            .that()
            .resideInAPackage(ROOT + ".(*)..")
            .and()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT));

    @ArchTest
    static final ArchRule STATE_IS_PURE = CompositeArchRule.of(classes()
                    .that()
                    .resideInAPackage(ROOT + ".state..")
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(PURE_PACKAGES).or(SORTED_FOR_READERS)))
            .and(noClasses().that().resideInAPackage(ROOT + ".state..").should().dependOnClassesThat(IMPURE))
            .and(noClasses().that().resideInAPackage(ROOT + ".state..").should().callCodeUnitWhere(IMPURE_CALL))
            .because("the same commands give the same state, whenever and wherever they are applied");

    @ArchTest
    static final ArchRule CHRONICLE_STAYS_IN_JOURNAL = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".journal..")
            .should()
            .dependOnClassesThat(resideInAPackage("net.openhft.."));

    @ArchTest
    static final ArchRule DISRUPTOR_STAYS_IN_PIPELINE_AND_INGRESS = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".pipeline..", ROOT + ".ingress..")
            .should()
            .dependOnClassesThat(resideInAPackage("com.lmax.."));

    @ArchTest
    static final ArchRule ENGINE_KNOWS_NOTHING_OF_THE_EDGE = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.netty..", "io.schap.gateway..", "com.fasterxml..", "picocli..", "de.siegmar.."));

    private static ArchRule arrowsRunOneWay() {
        CompositeArchRule rules = null;
        for (int row = 0; row < STAGES.size(); row++) {
            for (final String stage : STAGES.get(row)) {
                final String[] forbidden = stagesThatMayNotBeKnownBy(stage, row);
                if (forbidden.length > 0) {
                    final ArchRule rule = noClasses()
                            .that()
                            .resideInAPackage(ROOT + "." + stage + "..")
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(forbidden))
                            .allowEmptyShould(true);
                    rules = rules == null ? CompositeArchRule.of(rule) : rules.and(rule);
                }
            }
        }
        return rules;
    }

    private static String[] stagesThatMayNotBeKnownBy(final String stage, final int row) {
        return STAGES.subList(row, STAGES.size()).stream()
                .flatMap(Set::stream)
                .filter(other -> !other.equals(stage))
                .map(other -> ROOT + "." + other + "..")
                .toArray(String[]::new);
    }
}
