package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.skep.parser.grammar.SkepParser.ArgumentContext;
import org.skep.parser.grammar.SkepParser.FunctionTableContext;
import org.skep.parser.grammar.SkepParser.LateralViewContext;
import org.skep.parser.grammar.SkepParser.NameContext;
import org.skep.parser.grammar.SkepParser.TableAliasContext;
import org.skep.parser.grammar.SkepParser.TableFunctionTableContext;
import org.skep.parser.grammar.SkepParser.UnnestTableContext;

/** Functions in FROM: files by {@code read_csv} and its like, arrays by {@code unnest}. */
final class TableFunctions {
    private static final String READ = "read_";

    private final ExpressionTranslation expressions;
    private final Calls calls;

    TableFunctions(ExpressionTranslation expressions) {
        this.expressions = expressions;
        this.calls = new Calls(expressions);
    }

    SqlNode file(Token path) {
        SqlParserPos place = Places.of(path);
        SqlNode literal = SqlLiteral.createCharString(Strings.of(path), place);
        return SkepOperators.FILE_TABLE.createCall(
                place,
                SqlLiteral.createNull(place),
                new SqlNodeList(List.of(literal), place),
                new SqlNodeList(place));
    }

    SqlNode unnest(UnnestTableContext context) {
        List<SqlNode> arrays = expressions.expressions(context.expression());
        SqlParserPos place = Places.of(context);
        return context.ORDINALITY() == null
                ? SqlStdOperatorTable.UNNEST.createCall(place, arrays)
                : SqlStdOperatorTable.UNNEST_WITH_ORDINALITY.createCall(place, arrays);
    }

    SqlNode table(FunctionTableContext context) {
        SqlIdentifier name = Identifiers.of(context.name());
        return table(name, context.argument(), context.tableAlias());
    }

    SqlNode table(TableFunctionTableContext context) {
        SqlIdentifier name = Identifiers.of(context.functionCall().functionName());
        return table(name, context.functionCall().argument(), context.tableAlias());
    }

    private SqlNode table(
            SqlIdentifier name, List<ArgumentContext> arguments, TableAliasContext alias) {
        List<SqlNode> operands = new ArrayList<>();
        for (ArgumentContext argument : arguments) {
            operands.add(calls.argument(argument));
        }
        SqlParserPos place = name.getParserPosition().plusAll(operands);
        String function = name.getSimple().toLowerCase(Locale.ROOT);
        if (function.startsWith(READ)) {
            return TableTranslation.aliased(files(function, operands, place), alias);
        }
        Optional<Generator> generator = Generator.named(function);
        if (generator.isPresent() && generator.get() != Generator.UNNEST) {
            return generated(generator.get(), operands, name, alias);
        }
        // any other function gives an array, whose elements are the rows
        SqlNode array = Functions.call(name, null, place, operands);
        SqlNode rows = SqlStdOperatorTable.UNNEST.createCall(place, array);
        return alias == null
                ? TableTranslation.aliased(rows, name)
                : TableTranslation.aliased(rows, alias);
    }

    private static SqlNode generated(
            Generator generator,
            List<SqlNode> operands,
            SqlIdentifier name,
            TableAliasContext alias) {
        boolean named = alias != null && alias.columnNames() != null;
        List<SqlIdentifier> columns =
                named
                        ? alias.columnNames().name().stream().map(Identifiers::of).toList()
                        : defaults(generator, name.getParserPosition());
        SqlIdentifier table = name;
        if (alias != null) {
            ParserRuleContext typed = alias.name() == null ? alias.alias() : alias.name();
            table = Identifiers.of(typed);
        }
        return generator.table(operands, table, columns);
    }

    private static List<SqlIdentifier> defaults(Generator generator, SqlParserPos place) {
        return generator.columns().stream().map(name -> new SqlIdentifier(name, place)).toList();
    }

    /** {@code LATERAL VIEW explode(x) t AS a}. */
    void lateralView(Relation relation, LateralViewContext view) {
        SqlIdentifier name = Identifiers.of(view.functionCall().functionName());
        SqlParserPos place = Places.of(view.functionCall());
        List<SqlNode> operands = new ArrayList<>();
        for (ArgumentContext argument : view.functionCall().argument()) {
            operands.add(calls.argument(argument));
        }
        Generator generator =
                Generator.named(name.getSimple())
                        .orElseThrow(
                                () ->
                                        Places.notSupported(
                                                place,
                                                "LATERAL VIEW with %s()"
                                                        .formatted(name.getSimple()),
                                                "use explode() or posexplode()"));
        List<SqlIdentifier> columns = new ArrayList<>();
        for (NameContext column : view.name()) {
            columns.add(Identifiers.of(column));
        }
        if (columns.isEmpty()) {
            columns.addAll(defaults(generator, place));
        }
        SqlIdentifier alias =
                view.alias() == null
                        ? new SqlIdentifier(name.getSimple(), place)
                        : Identifiers.of(view.alias());
        boolean outer = view.OUTER() != null || generator.outer();
        relation.generate(
                generator.table(operands, alias, columns), outer ? JoinType.LEFT : JoinType.CROSS);
    }

    /**
     * {@code read_csv('a.csv', header => true)}, also with {@code =}; several paths as an array.
     */
    private static SqlNode files(String function, List<SqlNode> operands, SqlParserPos place) {
        String kind = function.substring(READ.length());
        String format = kind.endsWith("_auto") ? kind.substring(0, kind.length() - 5) : kind;
        List<SqlNode> paths = new ArrayList<>();
        List<SqlNode> options = new ArrayList<>();
        for (SqlNode operand : operands) {
            if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                option(options, ((SqlBasicCall) operand).operand(1), (SqlBasicCall) operand, 0);
            } else if (operand.getKind() == SqlKind.EQUALS) {
                option(options, ((SqlBasicCall) operand).operand(0), (SqlBasicCall) operand, 1);
            } else if (operand.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
                ((SqlBasicCall) operand).getOperandList().forEach(path -> paths.add(path(path)));
            } else {
                paths.add(path(operand));
            }
        }
        if (paths.isEmpty()) {
            throw Places.syntaxError(
                    place,
                    "%s() without a path".formatted(function),
                    "write %s('file')".formatted(function));
        }
        return SkepOperators.FILE_TABLE.createCall(
                place,
                SqlLiteral.createCharString(format, place),
                new SqlNodeList(paths, place),
                new SqlNodeList(options, place));
    }

    private static SqlNode path(SqlNode node) {
        if (node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR) {
            return literal;
        }
        throw Places.syntaxError(
                node.getParserPosition(),
                "a path must be a string",
                "options are written name => value");
    }

    private static void option(
            List<SqlNode> options, SqlNode key, SqlBasicCall pair, int valueOperand) {
        SqlNode value = pair.operand(valueOperand);
        boolean fits = key instanceof SqlIdentifier && value instanceof SqlLiteral;
        if (!fits) {
            throw Places.syntaxError(
                    pair.getParserPosition(),
                    "an option must be a name and a literal",
                    "write name => value");
        }
        String name = String.join(".", ((SqlIdentifier) key).names);
        options.add(SqlLiteral.createCharString(Strings.key(name), key.getParserPosition()));
        options.add(value);
    }
}
