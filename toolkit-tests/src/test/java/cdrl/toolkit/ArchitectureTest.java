package cdrl.toolkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import cdrl.schedule.NoiseSchedule;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which package may use which; the rules that a reader can rely on. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("cdrl");

  /** The engine's packages in the order in which data flows; each may use those before it. */
  private static final List<String> ENGINE =
      List.of(
          "cdrl.runtime",
          "cdrl.schedule",
          "cdrl.data",
          "cdrl.model",
          "cdrl.store",
          "cdrl.sampling",
          "cdrl.training",
          "cdrl.evaluate",
          "cdrl.cli");

  private static final String[] ENGINE_PACKAGES =
      ENGINE.stream().map(name -> name + "..").toArray(String[]::new);

  @Test
  void everyPackageIsKnown() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(Stream.of(ENGINE_PACKAGES), Stream.of("cdrl.studio.."))
                .toArray(String[]::new))
        .because("a package outside the order below would escape the rules")
        .check(CLASSES);
  }

  @Test
  void enginePackagesUseOnlyEarlierOnes() {
    classes()
        .that()
        .resideInAnyPackage(ENGINE_PACKAGES)
        .should(onlyUseEarlierPackages())
        .because("data flows through the packages in the order " + ENGINE)
        .check(CLASSES);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("cdrl.(*)").should().beFreeOfCycles().check(CLASSES);
    slices().matching("cdrl.studio.(*)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void engineKnowsNoWindow() {
    noClasses()
        .that()
        .resideInAnyPackage(ENGINE_PACKAGES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx..", "com.sun.javafx..", "cdrl.studio..")
        .because("the engine is also a library and a command line")
        .check(CLASSES);
  }

  @Test
  void windowUsesNeitherCommandLineNorTensorLibrary() {
    noClasses()
        .that()
        .resideInAPackage("cdrl.studio..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("cdrl.cli..", "picocli..", "ai.djl..")
        .because("the window talks to the engine's own types only")
        .check(CLASSES);
  }

  @Test
  void viewModelsKnowNoSceneGraph() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("ViewModel")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx.scene..", "javafx.stage..", "org.controlsfx..")
        .because("a view model is tested without a window")
        .check(CLASSES);
  }

  @Test
  void viewsDoNotCallTheEngine() {
    DescribedPredicate<JavaClass> works =
        resideInAnyPackage(ENGINE_PACKAGES)
            .and(describe("are no plain values", type -> !isValue(type)))
            .as("do the engine's work");
    noClasses()
        .that()
        .haveSimpleNameEndingWith("View")
        .should(dependOnClassesThat(works))
        .because("views show values; what happens is the view model's business")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("cdrl.cli..")
        .and()
        .doNotHaveFullyQualifiedName("cdrl.studio.Launcher")
        .should(ACCESS_STANDARD_STREAMS)
        .because("a library does not write to the terminal")
        .check(CLASSES);
  }

  @Test
  void packagesAreNullMarked() {
    classes().should(resideInNullMarkedPackage()).check(CLASSES);
  }

  @Test
  void nothingIsDeserialized() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .because("no class is ever instantiated from a file")
        .check(CLASSES);
  }

  @Test
  void onlyTheRuntimeReachesTheNetwork() {
    noClasses()
        .that()
        .resideOutsideOfPackage("cdrl.runtime..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(http\\..*|.*Connection|Socket|ServerSocket)")
        .because("the program calls nobody, but for the CUDA libraries when asked to")
        .check(CLASSES);
  }

  @Test
  void chanceComesFromCounters() {
    noClasses()
        .that()
        .resideInAnyPackage(ENGINE_PACKAGES)
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.(Random|concurrent\\.ThreadLocalRandom|SplittableRandom)")
        .because("the same seed must give the same numbers on every run")
        .check(CLASSES);
  }

  private static boolean isValue(JavaClass type) {
    return type.isRecord() || type.isEnum() || type.isEquivalentTo(NoiseSchedule.class);
  }

  private static ArchCondition<JavaClass> onlyUseEarlierPackages() {
    return new ArchCondition<>("only use earlier packages") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        int own = position(type);
        type.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> position(dependency.getTargetClass()) > own)
            .forEach(
                dependency ->
                    events.add(
                        SimpleConditionEvent.violated(dependency, dependency.getDescription())));
      }
    };
  }

  /** The place of a class's package in the order, or -1 for classes outside the engine. */
  private static int position(JavaClass type) {
    String name = type.getPackageName();
    return IntStream.range(0, ENGINE.size())
        .filter(i -> name.equals(ENGINE.get(i)) || name.startsWith(ENGINE.get(i) + "."))
        .findFirst()
        .orElse(-1);
  }

  private static ArchCondition<JavaClass> resideInNullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " has no package-info with @NullMarked"));
        }
      }
    };
  }
}
