package org.skep.planner.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.file.FileSource;
import org.skep.model.plan.Expr;
import org.skep.model.type.Field;
import org.skep.parser.PlainSelect;
import org.skep.parser.SkepOperators;
import org.skep.parser.SqlParser;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.parser.TableVersion;
import org.skep.planner.check.FilesTable.PseudoColumns;

/**
 * Finds what the names in FROM stand for before Calcite looks at the query: tables and files get an
 * entry of their own in a schema made for the query, views are replaced by their queries.
 */
final class FromResolver {
    private static final int MAX_VIEWS = 1_000;
    private static final int MAX_VIEW_DEPTH = 40;

    private final Names names;
    private final Function<Syntax, Expr.Literal> constants;
    private final CalciteSchema tables = CalciteSchema.createRootSchema(false, false);
    private final Collection<String> columns = new LinkedHashSet<>();
    private final Map<String, String> known = new HashMap<>();
    private final StructMembers members = new StructMembers();
    private int views;
    private int entered;
    private PseudoColumns pseudoColumns;

    /**
     * @param constants what an expression without columns comes to
     */
    FromResolver(Names names, Function<Syntax, Expr.Literal> constants) {
        this.names = names;
        this.constants = constants;
    }

    /** The schema that holds all tables of the query. */
    CalciteSchema tables() {
        return tables;
    }

    /** All columns of all tables, for suggestions. */
    Collection<String> columns() {
        return columns;
    }

    StructMembers members() {
        return members;
    }

    SqlNode resolve(SqlNode query, String schema) {
        pseudoColumns = PseudoColumnUse.of(query);
        members.apply(query);
        UsingChains.apply(query);
        return visit(query, new Scope(schema, Set.of(), 0));
    }

    /** Where a name stands: the schema to look in, the WITH names in sight, the depth in views. */
    private record Scope(String schema, Set<String> with, int depth) {
        Scope and(String name) {
            Set<String> more = new HashSet<>(with);
            more.add(name.toLowerCase(Locale.ROOT));
            return new Scope(schema, more, depth);
        }
    }

    private SqlNode visit(SqlNode node, Scope scope) {
        if (node instanceof SqlWith with) {
            Scope inner = scope;
            for (SqlNode item : with.withList) {
                SqlWithItem named = (SqlWithItem) item;
                boolean recursive = named.recursive != null && named.recursive.booleanValue();
                Scope own = recursive ? inner.and(named.name.getSimple()) : inner;
                named.query = visit(named.query, own);
                inner = inner.and(named.name.getSimple());
            }
            with.body = visit(with.body, inner);
            return with;
        }
        if (node instanceof SqlSelect select) {
            if (select.getFrom() != null) {
                int tablesBefore = entered;
                select.setFrom(from(select.getFrom(), scope));
                if (entered > tablesBefore && pseudoColumns == PseudoColumns.SHOWN) {
                    PseudoColumnUse.hide(select);
                }
            }
            for (int i = 0; i < select.getOperandList().size(); i++) {
                SqlNode operand = select.getOperandList().get(i);
                if (operand != null && i != SqlSelect.FROM_OPERAND) {
                    visit(operand, scope);
                }
            }
            return select;
        }
        if (node instanceof SqlNodeList list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) != null) {
                    list.set(i, visit(list.get(i), scope));
                }
            }
            return list;
        }
        if (node instanceof SqlCall call && hasQuery(call)) {
            List<SqlNode> operands = call.getOperandList();
            for (int i = 0; i < operands.size(); i++) {
                SqlNode operand = operands.get(i);
                if (operand != null) {
                    SqlNode seen = visit(operand, scope);
                    if (seen != operand) {
                        call.setOperand(i, seen);
                    }
                }
            }
        }
        return node;
    }

    /** Literal lists can be long and never hold a query. */
    private static boolean hasQuery(SqlCall call) {
        return call.getKind() != SqlKind.LITERAL && call.getKind() != SqlKind.VALUES;
    }

    private SqlNode from(SqlNode node, Scope scope) {
        if (node instanceof SqlIdentifier identifier) {
            if (isWithName(identifier, scope)) {
                return identifier;
            }
            return as(table(identifier, scope), last(identifier), identifier.getParserPosition());
        }
        if (node instanceof SqlTableRef ref) {
            return from(ref.tableName, scope);
        }
        if (node instanceof SqlJoin join) {
            join.setLeft(from(join.getLeft(), scope));
            join.setRight(from(join.getRight(), scope));
            if (join.getCondition() != null) {
                visit(join.getCondition(), scope);
            }
            return join;
        }
        if (node instanceof SqlCall call && call.getOperator() == SkepOperators.FILE_TABLE) {
            return as(files(call), FromAlias.ofFiles(call), call.getParserPosition());
        }
        if (node.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) node;
            SqlNode named = as.operand(0);
            if (named instanceof SqlTableRef ref) {
                named = ref.tableName;
            }
            if (named instanceof SqlIdentifier identifier && !isWithName(identifier, scope)) {
                as.setOperand(0, table(identifier, scope));
            } else if (named instanceof SqlCall call
                    && call.getOperator() == SkepOperators.FILE_TABLE) {
                as.setOperand(0, files(call));
            } else if (named instanceof SqlCall call
                    && call.getOperator() == SkepOperators.VERSIONED_TABLE) {
                as.setOperand(0, versioned(call, scope));
            } else {
                as.setOperand(0, from(named, scope));
            }
            return as;
        }
        if (node.getKind() == SqlKind.LATERAL) {
            SqlCall lateral = (SqlCall) node;
            lateral.setOperand(0, from(lateral.operand(0), scope));
            return lateral;
        }
        return visit(node, scope);
    }

    private static boolean isWithName(SqlIdentifier name, Scope scope) {
        return name.isSimple() && scope.with.contains(name.getSimple().toLowerCase(Locale.ROOT));
    }

    private static String last(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1);
    }

    private static SqlNode as(SqlNode table, String alias, SqlParserPos pos) {
        return new SqlBasicCall(
                SqlStdOperatorTable.AS, List.of(table, new SqlIdentifier(alias, pos)), pos);
    }

    /** A table's entry, or a view's query, without an alias. */
    private SqlNode table(SqlIdentifier name, Scope scope) {
        String key = pseudoColumns + scope.schema + "\u0000" + String.join("\u0000", name.names);
        String entry = known.get(key.toLowerCase(Locale.ROOT));
        if (entry != null) {
            entered++;
            return new SqlIdentifier(entry, name.getParserPosition());
        }
        Optional<Relation> found;
        try {
            found = names.find(name.names, scope.schema);
        } catch (QueryException e) {
            throw e.at(CheckErrors.position(name.getParserPosition()));
        }
        Relation relation = found.orElseGet(() -> unknownFormat(name, scope));
        if (relation instanceof Relation.View view) {
            return view(view, name, scope);
        }
        SqlIdentifier made = enter(relation, name.getParserPosition());
        known.put(key.toLowerCase(Locale.ROOT), made.getSimple());
        return made;
    }

    /** An older state of a table: an entry of its own, as each may have other columns. */
    private SqlNode versioned(SqlCall call, Scope scope) {
        SqlIdentifier name = call.operand(0);
        if (isWithName(name, scope)) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    CheckErrors.position(name.getParserPosition()),
                    "'%s' is a query in WITH, which has no older versions".formatted(name),
                    "put the version behind a table in that query");
        }
        String by = ((SqlLiteral) call.operand(1)).getValueAs(String.class);
        Syntax value = new Syntax(call.operand(2));
        Version version = new Version(TableVersion.By.valueOf(by), constants.apply(value));
        try {
            Optional<Relation> found = names.find(name.names, scope.schema, version);
            return enter(found.orElseThrow(() -> notFound(name, scope)), call.getParserPosition());
        } catch (QueryException e) {
            throw e.at(CheckErrors.position(call.getParserPosition()));
        }
    }

    /** A path behind a word that is no format: looking for the files says so. */
    private Relation unknownFormat(SqlIdentifier name, Scope scope) {
        boolean path = name.names.size() == 2 && last(name).indexOf('/') >= 0;
        if (!path) {
            throw notFound(name, scope);
        }
        try {
            return names.files(FileSource.of(name.names.get(0), List.of(last(name)), Map.of()));
        } catch (QueryException e) {
            throw e.at(CheckErrors.position(name.getParserPosition()));
        }
    }

    private QueryException notFound(SqlIdentifier name, Scope scope) {
        String written = String.join(".", name.names);
        List<String> near = new ArrayList<>(names.suggestions(scope.schema));
        near.addAll(scope.with);
        String hint = Suggestion.hint(written, near);
        return new QueryException(
                ErrorCode.TABLE_NOT_FOUND,
                CheckErrors.position(name.getParserPosition()),
                "no table '%s'".formatted(written),
                hint != null
                        ? hint
                        : name.isSimple()
                                ? "a file is named in quotes: FROM 'folder/file.csv'"
                                : "SHOW TABLES IN %s lists what there is"
                                        .formatted(name.names.get(0)));
    }

    private SqlNode view(Relation.View view, SqlIdentifier name, Scope scope) {
        if (scope.depth >= MAX_VIEW_DEPTH || ++views > MAX_VIEWS) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    CheckErrors.position(name.getParserPosition()),
                    "view '%s' stands for more than %d views, or %d deep"
                            .formatted(String.join(".", name.names), MAX_VIEWS, MAX_VIEW_DEPTH),
                    "does a view refer to itself?");
        }
        if (!(SqlParser.parse(view.sql()) instanceof Statement.Query query)) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    "view '%s' is not a query: %s".formatted(last(name), view.sql()));
        }
        SqlNode body = Relocation.to(name.getParserPosition(), query.query().node());
        PseudoColumns outside = pseudoColumns;
        pseudoColumns = PseudoColumnUse.of(body);
        int enteredOutside = entered;
        members.apply(body);
        SqlNode inner;
        try {
            inner = visit(body, new Scope(view.schema(), Set.of(), scope.depth + 1));
        } catch (QueryException e) {
            String message = "in view '%s': %s".formatted(last(name), e.getMessage());
            throw e.with(CheckErrors.position(name.getParserPosition()), message);
        }
        pseudoColumns = outside;
        entered = enteredOutside;
        if (view.columns().isEmpty()) {
            return inner;
        }
        SqlParserPos pos = name.getParserPosition();
        List<SqlNode> renamed = new ArrayList<>(List.of(inner, new SqlIdentifier(last(name), pos)));
        view.columns().forEach(column -> renamed.add(new SqlIdentifier(column, pos)));
        SqlNode from = new SqlBasicCall(SqlStdOperatorTable.AS, renamed, pos);
        return PlainSelect.all(pos, from);
    }

    private SqlNode files(SqlCall call) {
        SqlNode format = call.operand(0);
        List<String> paths = new ArrayList<>();
        for (SqlNode path : (SqlNodeList) call.operand(1)) {
            paths.add(((SqlLiteral) path).getValueAs(String.class));
        }
        Map<String, String> options = new HashMap<>();
        SqlNodeList pairs = call.operand(2);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            String key = ((SqlLiteral) pairs.get(i)).getValueAs(String.class);
            options.put(key.toLowerCase(Locale.ROOT), text((SqlLiteral) pairs.get(i + 1)));
        }
        String formatName =
                format instanceof SqlLiteral literal && literal.getValue() != null
                        ? literal.getValueAs(String.class)
                        : null;
        try {
            Relation relation = names.files(FileSource.of(formatName, paths, options));
            return enter(relation, call.getParserPosition());
        } catch (QueryException e) {
            throw e.at(CheckErrors.position(call.getParserPosition()));
        }
    }

    private static String text(SqlLiteral literal) {
        return literal.toValue();
    }

    private SqlIdentifier enter(Relation relation, SqlParserPos pos) {
        Relation.Files files = (Relation.Files) relation;
        String entry = "$" + tables.getTableNames().size();
        tables.add(entry, new FilesTable(files.table(), pseudoColumns));
        entered++;
        for (Field field : files.table().schema().fields()) {
            columns.add(field.name());
        }
        return new SqlIdentifier(entry, pos);
    }
}
