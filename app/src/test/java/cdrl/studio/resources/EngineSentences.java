package cdrl.studio.resources;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says to people: the patterns in its sources, found by the compiler. They are
 * whatever is given to constructors and methods whose parameters end with {@code String pattern,
 * Object... arguments}.
 */
final class EngineSentences {
  private static final Path SOURCES = Path.of("..", "engine", "src", "main", "java");

  /**
   * A place where something is said.
   *
   * @param place file and line
   * @param patterns what is said, one or the other; none when that is not constant
   * @param arguments how many arguments stand behind it
   */
  record Saying(String place, Set<String> patterns, int arguments) {
    /** Whether only the command line says it, which speaks English. */
    boolean isOfCommandLine() {
      return place.startsWith("cdrl/cli/");
    }
  }

  private EngineSentences() {}

  static List<Saying> find() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> tree = Files.walk(SOURCES);
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = tree.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  ignored -> {},
                  List.of("-proc:none", "-cp", System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      Iterable<? extends CompilationUnitTree> units = task.parse();
      task.analyze();
      Finder finder = new Finder(Trees.instance(task));
      finder.scan(units, null);
      return finder.found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Finder extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Trees trees;
    private final List<Saying> found = new ArrayList<>();

    Finder(Trees trees) {
      this.trees = trees;
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree node, @Nullable Void nothing) {
      look(node.getArguments());
      return super.visitNewClass(node, nothing);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Void nothing) {
      look(node.getArguments());
      return super.visitMethodInvocation(node, nothing);
    }

    private void look(List<? extends ExpressionTree> given) {
      if (!(trees.getElement(getCurrentPath()) instanceof ExecutableElement called)) {
        return;
      }
      int place = called.getParameters().size() - 2;
      if (place < 0
          || !called.isVarArgs()
          || !isNamed(called.getParameters().get(place), "pattern")
          || !isNamed(called.getParameters().get(place + 1), "arguments")) {
        return;
      }
      ExpressionTree pattern = given.get(place);
      if (element(pattern) instanceof VariableElement variable
          && variable.getKind() == ElementKind.PARAMETER
          && isNamed(variable, "pattern")) {
        return; // only handed on
      }
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      long line =
          unit.getLineMap()
              .getLineNumber(trees.getSourcePositions().getStartPosition(unit, pattern));
      String file =
          SOURCES.relativize(Path.of(unit.getSourceFile().getName())).toString().replace('\\', '/');
      found.add(new Saying(file + ":" + line, constants(pattern), given.size() - place - 1));
    }

    private static boolean isNamed(VariableElement variable, String name) {
      return variable.getSimpleName().contentEquals(name);
    }

    private @Nullable Object element(Tree tree) {
      return trees.getElement(new TreePath(getCurrentPath(), tree));
    }

    /** The texts that an expression may stand for; none unless it is constant. */
    private Set<String> constants(ExpressionTree tree) {
      if (tree instanceof LiteralTree literal) {
        return Set.of(String.valueOf(literal.getValue()));
      }
      if (tree instanceof ParenthesizedTree inner) {
        return constants(inner.getExpression());
      }
      if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
        Set<String> ends = constants(sum.getRightOperand());
        return constants(sum.getLeftOperand()).stream()
            .flatMap(start -> ends.stream().map(end -> start + end))
            .collect(Collectors.toSet());
      }
      if (tree instanceof ConditionalExpressionTree choice) {
        Set<String> both = new TreeSet<>(constants(choice.getTrueExpression()));
        Set<String> other = constants(choice.getFalseExpression());
        return other.isEmpty() || both.isEmpty() || !both.addAll(other) ? Set.of() : both;
      }
      return element(tree) instanceof VariableElement variable
              && variable.getConstantValue() instanceof String text
          ? Set.of(text)
          : Set.of();
    }
  }
}
