package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.BinaryOperatorContext;
import org.skep.parser.grammar.SkepParser.CastSuffixContext;
import org.skep.parser.grammar.SkepParser.ConjunctionContext;
import org.skep.parser.grammar.SkepParser.ExpressionContext;
import org.skep.parser.grammar.SkepParser.MemberContext;
import org.skep.parser.grammar.SkepParser.NamePrimaryContext;
import org.skep.parser.grammar.SkepParser.NegationContext;
import org.skep.parser.grammar.SkepParser.OperandContext;
import org.skep.parser.grammar.SkepParser.OperationContext;
import org.skep.parser.grammar.SkepParser.PostfixContext;
import org.skep.parser.grammar.SkepParser.PredicateContext;
import org.skep.parser.grammar.SkepParser.PredicateTailContext;
import org.skep.parser.grammar.SkepParser.PrimaryContext;
import org.skep.parser.grammar.SkepParser.SortItemContext;
import org.skep.parser.grammar.SkepParser.SubscriptContext;

/** Expressions down to operands; their parts are {@link Predicates} and {@link Primaries}. */
final class ExpressionTranslation {
    private static final Set<String> NILADIC =
            Set.of(
                    "current_date",
                    "current_time",
                    "current_timestamp",
                    "localtimestamp",
                    "current_user",
                    "session_user");

    private final Predicates predicates;
    private final Primaries primaries;

    ExpressionTranslation(QueryTranslation queries) {
        predicates = new Predicates(this, queries);
        primaries = new Primaries(this, queries);
    }

    SqlNode expression(ExpressionContext context) {
        if (context.getChildCount() == 1) {
            return conjunction((ConjunctionContext) context.getChild(0));
        }
        List<SqlNode> operands = new ArrayList<>();
        for (ParseTree child : context.children) {
            if (child instanceof ConjunctionContext operand) {
                operands.add(conjunction(operand));
            }
        }
        return Chains.associative(operands, SqlStdOperatorTable.OR);
    }

    List<SqlNode> expressions(List<ExpressionContext> contexts) {
        List<SqlNode> nodes = new ArrayList<>(contexts.size());
        for (ExpressionContext context : contexts) {
            nodes.add(expression(context));
        }
        return nodes;
    }

    static SqlNodeList list(List<? extends SqlNode> nodes) {
        return nodes.isEmpty()
                ? SqlNodeList.EMPTY
                : new SqlNodeList(nodes, SqlParserPos.sum(nodes));
    }

    private SqlNode conjunction(ConjunctionContext context) {
        if (context.getChildCount() == 1) {
            return negation((NegationContext) context.getChild(0));
        }
        List<SqlNode> operands = new ArrayList<>();
        for (ParseTree child : context.children) {
            if (child instanceof NegationContext operand) {
                operands.add(negation(operand));
            }
        }
        return Chains.associative(operands, SqlStdOperatorTable.AND);
    }

    private SqlNode negation(NegationContext context) {
        SqlNode node = predicate(context.predicate());
        int count = context.getChildCount() - 1;
        // NOT NOT x is not x, as x must be a condition; more than two say no more than that
        for (int i = count > 2 ? 2 - count % 2 : count; i > 0; i--) {
            node = SqlStdOperatorTable.NOT.createCall(Places.of(context), node);
        }
        return node;
    }

    private SqlNode predicate(PredicateContext context) {
        SqlNode left = operation((OperationContext) context.getChild(0));
        for (int i = 1; i < context.getChildCount(); i++) {
            left = predicates.apply(left, (PredicateTailContext) context.getChild(i));
        }
        return left;
    }

    SqlNode operation(OperationContext context) {
        if (context.getChildCount() == 1) {
            return operand((OperandContext) context.getChild(0));
        }
        List<SqlNode> operands = new ArrayList<>();
        List<Integer> operators = new ArrayList<>();
        for (ParseTree child : context.children) {
            if (child instanceof OperandContext operand) {
                operands.add(operand(operand));
            } else {
                operators.add(((BinaryOperatorContext) child).getStart().getType());
            }
        }
        return Chains.operators(operands, operators);
    }

    private SqlNode operand(OperandContext context) {
        int at = 0;
        while (context.getChild(at) instanceof TerminalNode) {
            at++;
        }
        SqlNode node = postfixed(context, at);
        boolean negative = false;
        for (int i = at - 1; i >= 0; i--) {
            TerminalNode sign = (TerminalNode) context.getChild(i);
            SqlParserPos place =
                    Places.of(sign.getSymbol()).plus(node.getParserPosition());
            switch (sign.getSymbol().getType()) {
                case TILDE -> {
                    node = Functions.call("bitnot", place, signed(node, negative, place));
                    negative = false;
                }
                case DASH -> negative = !negative;
                default -> {}
            }
        }
        return signed(node, negative, Places.of(context));
    }

    private static SqlNode signed(SqlNode node, boolean negative, SqlParserPos place) {
        if (!negative) {
            return node;
        }
        return node instanceof SqlNumericLiteral number
                ? SqlLiteral.createNegative(number, place)
                : SqlStdOperatorTable.UNARY_MINUS.createCall(place, node);
    }

    private SqlNode postfixed(OperandContext context, int at) {
        PrimaryContext primary = (PrimaryContext) context.getChild(at);
        int next = at + 1;
        SqlNode node;
        if (primary instanceof NamePrimaryContext name) {
            List<ParserRuleContext> parts = new ArrayList<>();
            parts.add(name.name());
            while (next < context.getChildCount()
                    && context.getChild(next) instanceof MemberContext member) {
                parts.add(member.name());
                next++;
            }
            SqlIdentifier typed = Identifiers.compound(parts);
            node =
                    isNiladic(typed)
                            ? Functions.call(typed, null, typed.getParserPosition(), List.of())
                            : typed;
        } else {
            node = primaries.translate(primary);
        }
        for (; next < context.getChildCount(); next++) {
            node = postfix(node, (PostfixContext) context.getChild(next));
        }
        return node;
    }

    /** What the standard calls without parentheses. */
    private static boolean isNiladic(SqlIdentifier name) {
        return name.isSimple()
                && !name.isComponentQuoted(0)
                && NILADIC.contains(name.getSimple().toLowerCase(Locale.ROOT));
    }

    private SqlNode postfix(SqlNode node, PostfixContext context) {
        SqlParserPos place = node.getParserPosition().plus(Places.of(context));
        if (context instanceof SubscriptContext subscript) {
            SqlNode index = expression(subscript.expression());
            return SqlStdOperatorTable.ITEM.createCall(place, node, index);
        }
        if (context instanceof MemberContext member) {
            SqlIdentifier field = Identifiers.of(member.name());
            return SqlStdOperatorTable.DOT.createCall(place, node, field);
        }
        CastSuffixContext cast = (CastSuffixContext) context;
        return SqlStdOperatorTable.CAST.createCall(place, node, Types.spec(cast.type()));
    }

    SqlNodeList sortItems(List<SortItemContext> items) {
        List<SqlNode> nodes = new ArrayList<>();
        for (SortItemContext item : items) {
            nodes.add(Sorting.directed(expression(item.expression()), item.direction()));
        }
        return list(nodes);
    }
}
