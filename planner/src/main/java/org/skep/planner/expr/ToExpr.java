package org.skep.planner.expr;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Sarg;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Origin;
import org.skep.model.spi.FunctionRegistry;
import org.skep.model.type.Type;
import org.skep.parser.CalciteTypes;
import org.skep.planner.check.CheckErrors;

/**
 * Calcite's expressions as ours: the only place that knows both. Puts in every cast, so that each
 * operand has the type its operator needs.
 */
public final class ToExpr {
    private static final Expr TRUE = new Expr.Literal(true, Type.BOOLEAN);
    private static final Expr FALSE = new Expr.Literal(false, Type.BOOLEAN);

    private final RexBuilder rex;
    private final ToCall calls;

    public ToExpr(RexBuilder rex, FunctionRegistry registry) {
        this.rex = rex;
        this.calls = new ToCall(registry);
    }

    public List<Expr> convert(List<? extends RexNode> nodes) {
        List<Expr> all = new ArrayList<>(nodes.size());
        nodes.forEach(node -> all.add(convert(node)));
        return all;
    }

    /** The same value; its type is the node's. */
    public Expr convert(RexNode node) {
        Type type = CalciteTypes.fromCalcite(node.getType());
        if (node instanceof RexInputRef ref) {
            return new Expr.Input(ref.getIndex(), type);
        }
        if (node instanceof RexLiteral literal) {
            return new Expr.Literal(Literals.value(literal), type);
        }
        if (node instanceof RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        "a subquery refers to column '%s' of an outer query in a way that cannot be turned into a join"
                                .formatted(access.getField().getName()),
                        "write the subquery as a join");
            }
            Expr struct = convert(access.getReferenceExpr());
            return new Expr.Member(struct, access.getField().getIndex(), type);
        }
        if (node instanceof RexCall call) {
            Origin origin = Origin.at(CheckErrors.position(call.getParserPosition()));
            return Casts.to(call(call).from(origin), type).from(origin);
        }
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "the expression %s is not supported here".formatted(node),
                (String) null);
    }

    private Expr call(RexCall call) {
        return switch (call.getKind()) {
            case AND -> new Expr.And(convert(call.getOperands()));
            case OR -> new Expr.Or(convert(call.getOperands()));
            case NOT -> new Expr.Not(operand(call, 0));
            case IS_NULL, IS_UNKNOWN -> new Expr.IsNull(operand(call, 0));
            case IS_NOT_NULL -> new Expr.Not(new Expr.IsNull(operand(call, 0)));
            case IS_TRUE -> is(operand(call, 0), TRUE, Expr.Comparison.NOT_DISTINCT);
            case IS_NOT_TRUE -> is(operand(call, 0), TRUE, Expr.Comparison.DISTINCT);
            case IS_FALSE -> is(operand(call, 0), FALSE, Expr.Comparison.NOT_DISTINCT);
            case IS_NOT_FALSE -> is(operand(call, 0), FALSE, Expr.Comparison.DISTINCT);
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM ->
                    compare(comparison(call.getKind()), operand(call, 0), operand(call, 1));
            case SEARCH -> search(call);
            case CASE, COALESCE -> caseOf(call);
            case CAST, REINTERPRET -> Casts.to(operand(call, 0), type(call));
            case SAFE_CAST -> new Expr.Cast(operand(call, 0), type(call), true);
            default -> calls.convert(call, convert(call.getOperands()), type(call));
        };
    }

    private Expr operand(RexCall call, int index) {
        return convert(call.getOperands().get(index));
    }

    private static Type type(RexNode node) {
        return CalciteTypes.fromCalcite(node.getType());
    }

    private static Expr is(Expr operand, Expr truth, Expr.Comparison comparison) {
        return new Expr.Compare(comparison, operand, truth);
    }

    private static Expr.Comparison comparison(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> Expr.Comparison.EQUAL;
            case NOT_EQUALS -> Expr.Comparison.NOT_EQUAL;
            case LESS_THAN -> Expr.Comparison.LESS;
            case LESS_THAN_OR_EQUAL -> Expr.Comparison.LESS_OR_EQUAL;
            case GREATER_THAN -> Expr.Comparison.GREATER;
            case GREATER_THAN_OR_EQUAL -> Expr.Comparison.GREATER_OR_EQUAL;
            case IS_DISTINCT_FROM -> Expr.Comparison.DISTINCT;
            case IS_NOT_DISTINCT_FROM -> Expr.Comparison.NOT_DISTINCT;
            default -> throw new IllegalArgumentException(kind + " compares nothing");
        };
    }

    /** A comparison with both operands cast to what they have in common. */
    public static Expr compare(Expr.Comparison comparison, Expr left, Expr right) {
        Type common = Casts.common(left.type(), right.type());
        return new Expr.Compare(comparison, Casts.to(left, common), Casts.to(right, common));
    }

    private Expr caseOf(RexCall call) {
        Type type = type(call);
        List<Expr> inputs = new ArrayList<>();
        List<RexNode> operands = call.getOperands();
        if (call.getKind() == SqlKind.COALESCE) {
            for (int i = 0; i < operands.size() - 1; i++) {
                Expr value = convert(operands.get(i));
                inputs.add(new Expr.Not(new Expr.IsNull(value)));
                inputs.add(Casts.to(value, type));
            }
            inputs.add(Casts.to(convert(operands.get(operands.size() - 1)), type));
            return new Expr.Case(inputs, type);
        }
        for (int i = 0; i < operands.size(); i++) {
            Expr operand = convert(operands.get(i));
            boolean condition = i % 2 == 0 && i < operands.size() - 1;
            inputs.add(condition ? operand : Casts.to(operand, type));
        }
        return new Expr.Case(inputs, type);
    }

    /** A set of points becomes an IN, ranges become comparisons. */
    private Expr search(RexCall call) {
        Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
        boolean outside = sarg.isComplementedPoints();
        if (sarg.pointCount < 2 || !(sarg.isPoints() || outside)) {
            return convert(RexUtil.expandSearch(rex, null, call));
        }
        RexNode operand = call.getOperands().get(0);
        RelDataType setType = call.getOperands().get(1).getType();
        Sarg<?> points = outside ? sarg.negate() : sarg;
        List<Object> values = new ArrayList<>();
        for (Object range : points.rangeSet.asRanges()) {
            Comparable<?> point = ((com.google.common.collect.Range<?>) range).lowerEndpoint();
            RexLiteral literal = (RexLiteral) rex.makeLiteral(point, setType, false);
            values.add(Literals.value(literal));
        }
        Expr value = Casts.to(convert(operand), CalciteTypes.fromCalcite(setType));
        Expr in = new Expr.In(value, values);
        Expr found = outside ? new Expr.Not(in) : in;
        if (sarg.nullAs == RexUnknownAs.TRUE) {
            return new Expr.Or(List.of(new Expr.IsNull(value), found));
        }
        if (sarg.nullAs == RexUnknownAs.FALSE) {
            return new Expr.And(List.of(new Expr.Not(new Expr.IsNull(value)), found));
        }
        return found;
    }
}
