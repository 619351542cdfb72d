package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.ArgumentContext;
import org.skep.parser.grammar.SkepParser.ExpressionItemContext;
import org.skep.parser.grammar.SkepParser.FunctionCallContext;
import org.skep.parser.grammar.SkepParser.NameContext;
import org.skep.parser.grammar.SkepParser.PlainArgumentContext;
import org.skep.parser.grammar.SkepParser.QualifiedStarItemContext;
import org.skep.parser.grammar.SkepParser.SelectItemContext;
import org.skep.parser.grammar.SkepParser.StarChangeContext;
import org.skep.parser.grammar.SkepParser.StarExceptContext;
import org.skep.parser.grammar.SkepParser.StarItemContext;
import org.skep.parser.grammar.SkepParser.StarReplaceContext;
import org.skep.parser.grammar.SkepParser.StarReplacementContext;

/** The items of a SELECT; a generator among them moves to FROM. */
final class SelectList {
    private static final String GENERATED = "$generated";

    private final ExpressionTranslation expressions;
    private final Relation relation;
    private final List<SqlNode> items = new ArrayList<>();
    private final List<SqlIdentifier> hidden = new ArrayList<>();

    SelectList(ExpressionTranslation expressions, Relation relation) {
        this.expressions = expressions;
        this.relation = relation;
    }

    SqlNodeList items(List<SelectItemContext> contexts) {
        for (SelectItemContext context : contexts) {
            if (context instanceof ExpressionItemContext item) {
                expression(item);
            } else {
                items.add(star(context));
            }
        }
        if (!hidden.isEmpty()) {
            items.replaceAll(this::withoutHidden);
        }
        return ExpressionTranslation.list(items);
    }

    private void expression(ExpressionItemContext item) {
        FunctionCallContext call = Selects.sole(item.expression(), FunctionCallContext.class);
        Optional<Generator> generator =
                call == null
                        ? Optional.empty()
                        : Generator.named(Identifiers.text(call.functionName()));
        if (generator.isPresent()) {
            generate(generator.get(), call, aliases(item));
            return;
        }
        SqlNode node = expressions.expression(item.expression());
        List<ParserRuleContext> aliases = aliases(item);
        if (aliases.size() > 1) {
            throw Places.syntaxError(
                    Places.of(item),
                    "%d names for one value".formatted(aliases.size()),
                    "only posexplode() gives several columns");
        }
        items.add(aliases.isEmpty() ? node : as(node, Identifiers.of(aliases.get(0))));
    }

    private static List<ParserRuleContext> aliases(ExpressionItemContext item) {
        List<ParserRuleContext> names = new ArrayList<>(item.name());
        if (item.alias() != null) {
            names.add(item.alias());
        }
        return names;
    }

    private void generate(
            Generator generator, FunctionCallContext call, List<ParserRuleContext> aliases) {
        SqlParserPos place = Places.of(call);
        if (!hidden.isEmpty()) {
            throw Places.notSupported(
                    place,
                    "a second %s() in one SELECT".formatted(call.functionName().getText()),
                    "use UNNEST(…) in FROM, once for each array");
        }
        List<SqlNode> arguments = new ArrayList<>();
        for (ArgumentContext argument : call.argument()) {
            if (argument instanceof PlainArgumentContext plain) {
                arguments.add(expressions.expression(plain.expression()));
            }
        }
        if (arguments.size() != 1) {
            throw Places.syntaxError(
                    place,
                    "%s() of %d arguments"
                            .formatted(call.functionName().getText(), arguments.size()),
                    "it takes one array or map");
        }
        List<SqlIdentifier> names = names(generator, aliases, place);
        for (int i = 0; i < names.size(); i++) {
            SqlIdentifier column = new SqlIdentifier("$column" + (i + 1), place);
            hidden.add(column);
            List<String> path = List.of(GENERATED, column.getSimple());
            items.add(as(new SqlIdentifier(path, place), names.get(i)));
        }
        SqlIdentifier alias = new SqlIdentifier(GENERATED, place);
        relation.generate(generator.table(arguments, alias, hidden), generator.join());
    }

    private static List<SqlIdentifier> names(
            Generator generator, List<ParserRuleContext> aliases, SqlParserPos place) {
        if (aliases.isEmpty()) {
            return generator.columns().stream()
                    .map(name -> new SqlIdentifier(name, place))
                    .toList();
        }
        if (generator.numbered() && aliases.size() < 2) {
            throw Places.syntaxError(
                    place, "one name for the columns of posexplode()", "write AS (pos, col)");
        }
        return aliases.stream().map(Identifiers::of).toList();
    }

    private static SqlNode as(SqlNode node, SqlIdentifier name) {
        return SqlStdOperatorTable.AS.createCall(Chains.span(node, name), node, name);
    }

    private SqlNode star(SelectItemContext context) {
        SqlParserPos place = Places.of(context);
        if (context instanceof StarItemContext star) {
            SqlParserPos sign = Places.of(star.ASTERISK().getSymbol());
            return changed(SqlIdentifier.star(sign), star.starChange(), place);
        }
        QualifiedStarItemContext star = (QualifiedStarItemContext) context;
        SqlParserPos names = Places.between(star.getStart(), star.ASTERISK().getSymbol());
        SqlIdentifier all = Identifiers.star(star.qualifiedName(), names);
        return changed(all, star.starChange(), place);
    }

    private SqlNode changed(
            SqlIdentifier star, List<StarChangeContext> changes, SqlParserPos place) {
        if (changes.isEmpty()) {
            return star;
        }
        List<SqlNode> left = new ArrayList<>();
        List<SqlNode> replaced = new ArrayList<>();
        for (StarChangeContext change : changes) {
            if (change instanceof StarExceptContext except) {
                for (NameContext name : except.name()) {
                    left.add(Identifiers.of(name));
                }
            } else {
                for (StarReplacementContext item :
                        ((StarReplaceContext) change).starReplacement()) {
                    SqlNode value = expressions.expression(item.expression());
                    replaced.add(as(value, Identifiers.of(item.name())));
                }
            }
        }
        return SkepOperators.STAR_EXCEPT.createCall(
                place, star, new SqlNodeList(left, place), new SqlNodeList(replaced, place));
    }

    /** A star shows what FROM reads, but not what a generator in the same list added. */
    private SqlNode withoutHidden(SqlNode item) {
        SqlParserPos place = item.getParserPosition();
        if (item instanceof SqlIdentifier star && star.isStar() && star.names.size() == 1) {
            return SkepOperators.STAR_EXCEPT.createCall(
                    place, star, new SqlNodeList(hidden, place), new SqlNodeList(place));
        }
        return item;
    }
}
