package org.skep.tests.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of the house, see CONTRIBUTING.md. Maven holds those between modules. */
class LawsTest {
    private static JavaClasses classes;

    @BeforeAll
    static void load() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.skep");
    }

    private static void check(ArchRule rule) {
        rule.check(classes);
    }

    @Test
    void packagesHaveNoCircles() {
        check(slices().matching("org.skep.(**)").should().beFreeOfCycles());
    }

    @Test
    void theModelKnowsTheJdkOnly() {
        check(
                classes()
                        .that()
                        .resideInAPackage("org.skep.model..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("java..", "org.skep.model.."));
    }

    @Test
    void calciteStopsAtThePlannersDoor() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "org.skep.model..",
                                "org.skep.catalog..",
                                "org.skep.executor..",
                                "org.skep.engine..",
                                "org.skep.shell..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.apache.calcite.rel..",
                                "org.apache.calcite.rex..",
                                "org.apache.calcite.sql..",
                                "org.apache.calcite.plan.."));
    }

    @Test
    void sqlTextStopsAtTheParsersDoor() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.skep.parser..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.antlr..", "org.skep.parser.grammar.."));
    }

    @Test
    void theExecutorRunsPlansWithoutACatalog() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("org.skep.executor..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.skep.catalog..",
                                "org.skep.parser..",
                                "org.skep.planner..",
                                "org.skep.engine.."));
    }

    @Test
    void theShellSpeaksJdbc() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("org.skep.shell..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.skep.engine..",
                                "org.skep.planner..",
                                "org.skep.executor..",
                                "org.skep.catalog..",
                                "org.skep.parser.."));
    }

    /** It takes the length of a chunk from the file unchecked (CVE-2023-43642). */
    @Test
    void nobodyReadsThroughSnappyInputStream() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("org.xerial.snappy.SnappyInputStream"));
    }

    @Test
    void namesSayWhatThingsAre() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.skep.parser.grammar..")
                        .should()
                        .haveSimpleNameEndingWith("Util")
                        .orShould()
                        .haveSimpleNameEndingWith("Utils")
                        .orShould()
                        .haveSimpleNameEndingWith("Helper")
                        .orShould()
                        .haveSimpleNameEndingWith("Manager")
                        .orShould()
                        .haveSimpleNameEndingWith("Impl")
                        .orShould()
                        .haveSimpleNameStartingWith("Abstract")
                        .orShould()
                        .haveSimpleNameStartingWith("Common"));
    }
}
