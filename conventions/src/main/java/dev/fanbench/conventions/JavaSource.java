package dev.fanbench.conventions;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The parts of one Java file that rules are about.
 *
 * @param topLevelTypes names of its top-level types
 * @param types names of all its types
 * @param comments its Javadoc
 * @param strings its string literals
 * @param clockReads where it calls {@code System.nanoTime()}
 * @param localFormats formats of numbers with a point or commas that the default locale decides
 */
record JavaSource(
    Path file,
    List<Place> topLevelTypes,
    List<Place> types,
    List<Place> comments,
    List<Place> strings,
    List<Place> clockReads,
    List<Place> localFormats) {

  /** A conversion with commas or with digits behind the point. */
  private static final Pattern POINT_OR_COMMAS =
      Pattern.compile("%(?:\\d+\\$)?[-#+ 0(]*(?:,[-#+ 0(]*\\d*(?:\\.\\d+)?|\\d*\\.\\d+)[defg]");

  /** Methods whose receiver or first argument is a format, where no locale is given. */
  private static final Set<String> FORMATS = Set.of("formatted", "format", "printf");

  /**
   * A text and where it begins.
   *
   * @param line counted from 1
   */
  record Place(long line, String text) {}

  private JavaSource(Path file) {
    this(
        file,
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /**
   * Parses files; nothing of them is compiled or run.
   *
   * @throws IOException if a file cannot be read
   */
  static List<JavaSource> parse(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaSource> sources = new ArrayList<>();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        JavaSource source = new JavaSource(Path.of(unit.getSourceFile().toUri()));
        new Scanner(source, unit, trees).scan(unit, null);
        sources.add(source);
      }
    }
    return sources;
  }

  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final JavaSource source;
    private final CompilationUnitTree unit;
    private final DocTrees trees;

    Scanner(JavaSource source, CompilationUnitTree unit, DocTrees trees) {
      this.source = source;
      this.unit = unit;
      this.trees = trees;
    }

    @Override
    public Void visitPackage(PackageTree tree, Void unused) {
      comment(tree);
      return super.visitPackage(tree, null);
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      comment(tree);
      String name = tree.getSimpleName().toString();
      if (!name.isEmpty()) {
        source.types.add(place(tree, name));
        if (getCurrentPath().getParentPath().getLeaf() == unit) {
          source.topLevelTypes.add(place(tree, name));
        }
      }
      return super.visitClass(tree, null);
    }

    @Override
    public Void visitMethod(MethodTree tree, Void unused) {
      comment(tree);
      return super.visitMethod(tree, null);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void unused) {
      comment(tree);
      return super.visitVariable(tree, null);
    }

    @Override
    public Void visitLiteral(LiteralTree tree, Void unused) {
      if (tree.getValue() instanceof String text) {
        source.strings.add(place(tree, text));
      }
      return super.visitLiteral(tree, null);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
      if (tree.toString().equals("System.nanoTime")) {
        source.clockReads.add(place(tree, tree.toString()));
      }
      return super.visitMemberSelect(tree, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      if (tree.getMethodSelect() instanceof MemberSelectTree method
          && FORMATS.contains(method.getIdentifier().toString())) {
        localFormat(method.getExpression());
        tree.getArguments().stream().limit(1).forEach(this::localFormat);
      }
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
      if (FORMATS.contains(tree.getName().toString())) {
        localFormat(tree.getQualifierExpression());
      }
      return super.visitMemberReference(tree, null);
    }

    private void localFormat(ExpressionTree format) {
      String text = text(format);
      if (POINT_OR_COMMAS.matcher(text.replace("%%", "")).find()) {
        source.localFormats.add(place(format, text));
      }
    }

    /** A text of literals that are joined, without all else that is joined to them. */
    private static String text(ExpressionTree tree) {
      if (tree instanceof ParenthesizedTree inner) {
        return text(inner.getExpression());
      }
      if (tree instanceof ConditionalExpressionTree either) {
        return text(either.getTrueExpression()) + " " + text(either.getFalseExpression());
      }
      if (tree instanceof BinaryTree joined) {
        return text(joined.getLeftOperand()) + text(joined.getRightOperand());
      }
      return tree instanceof LiteralTree literal && literal.getValue() instanceof String words
          ? words
          : "";
    }

    private void comment(Tree tree) {
      String text = trees.getDocComment(getCurrentPath());
      if (text != null) {
        source.comments.add(place(tree, text));
      }
    }

    private Place place(Tree tree, String text) {
      long position = trees.getSourcePositions().getStartPosition(unit, tree);
      return new Place(position < 0 ? 1 : unit.getLineMap().getLineNumber(position), text);
    }
  }
}
