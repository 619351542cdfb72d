package org.skep.planner.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private final OnceKeys once;
    private final CalciteSchema tables = CalciteSchema.createRootSchema(false, false);
    private final Collection<String> columns = new LinkedHashSet<>();
    private final Map<String, String> known = new HashMap<>();
    private final StructMembers members = new StructMembers();
    private final JoinHints hints = new JoinHints();
    private boolean hinted;
    private int views;
    private int entered;
    private PseudoColumns pseudoColumns;

    /**
     * @param constants what an expression without columns comes to
     */
    FromResolver(Names names, Function<Syntax, Expr.Literal> constants, OnceKeys once) {
        this.names = names;
        this.constants = constants;
        this.once = once.with(hints);
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

    /** Hints for the query's joins. */
    JoinHints hints() {
        return hints;
    }

    SqlNode resolve(SqlNode query, String schema) {
        hinted = JoinHints.anyIn(query);
        pseudoColumns = PseudoColumnUse.of(query);
        members.apply(query);
        UsingChains.apply(query);
        return visit(query, Scope.of(schema));
    }

    private SqlNode visit(SqlNode node, Scope scope) {
        if (node instanceof SqlWith with) {
            Scope inner = scope;
            for (SqlNode item : with.withList) {
                SqlWithItem named = (SqlWithItem) item;
                boolean recursive = named.recursive != null && named.recursive.booleanValue();
                String name = named.name.getSimple();
                SqlNode written = hinted && !recursive ? Relocation.copy(named.query) : null;
                String key = recursive ? null : once.of(named.name, named.query);
                Scope.WithQuery query = new Scope.WithQuery(written, named.columnList, key, inner);
                SqlNode seen = visit(named.query, recursive ? inner.and(name, query) : inner);
                named.query = OnceMark.mark(seen, key);
                inner = inner.and(name, query);
            }
            with.body = visit(with.body, inner);
            return with;
        }
        if (node instanceof SqlSelect select) {
            hints.take(select, scope.depth() > 0);
            if (select.getFrom() == null) {
                scope.hints().forEach(RelationHint::mix);
            }
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

    private SqlNode from(SqlNode item, Scope outer) {
        List<RelationHint> own = hints.of(item);
        int before = tables.getTableNames().size();
        SqlNode found = item(item, outer.hinted(own));
        if (tables.getTableNames().size() == before) {
            own.forEach(RelationHint::refuseWithoutTable);
        }
        return found;
    }

    private SqlNode item(SqlNode node, Scope scope) {
        if (node instanceof SqlIdentifier identifier) {
            if (isWithName(identifier, scope)) {
                SqlNode query = withQuery(identifier, scope);
                return query == identifier
                        ? query
                        : as(query, last(identifier), identifier.getParserPosition());
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
            return as(files(call, scope), FromAlias.ofFiles(call), call.getParserPosition());
        }
        if (node.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) node;
            SqlNode named = as.operand(0);
            if (named instanceof SqlTableRef ref) {
                named = ref.tableName;
            }
            if (named instanceof SqlIdentifier identifier) {
                boolean with = isWithName(identifier, scope);
                as.setOperand(0, with ? withQuery(identifier, scope) : table(identifier, scope));
            } else if (named instanceof SqlCall call
                    && call.getOperator() == SkepOperators.FILE_TABLE) {
                as.setOperand(0, files(call, scope));
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
        if (!node.isA(SqlKind.QUERY) || node.getKind() == SqlKind.VALUES) {
            scope.hints().forEach(RelationHint::mix);
        }
        String key = once.of(node);
        return OnceMark.mark(visit(node, scope), key);
    }

    private static boolean isWithName(SqlIdentifier name, Scope scope) {
        return name.isSimple() && scope.withQuery(name) != null;
    }

    /** The name of a query in WITH, or the query itself where a hint is for this use of it. */
    private SqlNode withQuery(SqlIdentifier name, Scope scope) {
        Scope.WithQuery named = scope.withQuery(name);
        if (scope.hints().isEmpty() || named.query() == null) {
            return name;
        }
        SqlNode seen = visit(Relocation.copy(named.query()), named.scope().hinted(scope.hints()));
        SqlNode query = OnceMark.mark(seen, named.once());
        return named.columns() == null ? query : renamed(query, name, named.columns());
    }

    private static SqlNode renamed(
            SqlNode query, SqlIdentifier name, Iterable<? extends SqlNode> columns) {
        SqlParserPos pos = name.getParserPosition();
        List<SqlNode> as = new ArrayList<>(List.of(query, new SqlIdentifier(last(name), pos)));
        columns.forEach(as::add);
        return PlainSelect.all(pos, new SqlBasicCall(SqlStdOperatorTable.AS, as, pos));
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
        String key = pseudoColumns + scope.schema() + "\u0000" + String.join("\u0000", name.names);
        String entry = known.get(key.toLowerCase(Locale.ROOT));
        if (entry != null && scope.hints().isEmpty()) {
            entered++;
            return new SqlIdentifier(entry, name.getParserPosition());
        }
        Optional<Relation> found;
        try {
            found = names.find(name.names, scope.schema());
        } catch (QueryException e) {
            throw e.at(CheckErrors.position(name.getParserPosition()));
        }
        Relation relation = found.orElseGet(() -> unknownFormat(name, scope));
        if (relation instanceof Relation.View view) {
            return view(view, name, scope);
        }
        SqlIdentifier made = enter(relation, name.getParserPosition(), scope);
        if (scope.hints().isEmpty()) { // two uses with other hints stay apart
            known.put(key.toLowerCase(Locale.ROOT), made.getSimple());
        }
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
            Optional<Relation> found = names.find(name.names, scope.schema(), version);
            Relation relation = found.orElseThrow(() -> notFound(name, scope));
            return enter(relation, call.getParserPosition(), scope);
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
        List<String> near = new ArrayList<>(names.suggestions(scope.schema()));
        near.addAll(scope.with().keySet());
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
        if (scope.depth() >= MAX_VIEW_DEPTH || ++views > MAX_VIEWS) {
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
        hinted |= !scope.hints().isEmpty() || JoinHints.anyIn(body);
        String key = once.of(view, last(name), body);
        SqlNode inner;
        try {
            inner = OnceMark.mark(visit(body, scope.inView(view.schema())), key);
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
        return renamed(
                inner,
                name,
                view.columns().stream().map(column -> new SqlIdentifier(column, pos)).toList());
    }

    private SqlNode files(SqlCall call, Scope scope) {
        try {
            return enter(names.files(WrittenFiles.of(call)), call.getParserPosition(), scope);
        } catch (QueryException e) {
            throw e.at(CheckErrors.position(call.getParserPosition()));
        }
    }

    private SqlIdentifier enter(Relation relation, SqlParserPos pos, Scope scope) {
        Relation.Files files = (Relation.Files) relation;
        String entry = "$" + tables.getTableNames().size();
        tables.add(entry, new FilesTable(files.table(), pseudoColumns, scope.hints()));
        entered++;
        for (Field field : files.table().schema().fields()) {
            columns.add(field.name());
        }
        return new SqlIdentifier(entry, pos);
    }
}
