package org.skep.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * One row per element of collections that are computed from the input row: what LATERAL UNNEST
 * means, without a correlation. The columns are those of the input, then the element (or key and
 * value) of each collection, then the element's number from 1 when there is ordinality.
 */
public final class UnnestRel extends SingleRel {
    private final List<RexNode> collections;
    private final boolean outer;
    private final boolean ordinality;

    private UnnestRel(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            List<RexNode> collections,
            boolean outer,
            boolean ordinality) {
        super(cluster, traits, input);
        this.collections = List.copyOf(collections);
        this.outer = outer;
        this.ordinality = ordinality;
    }

    static UnnestRel create(
            RelNode input, List<RexNode> collections, boolean outer, boolean ordinality) {
        return new UnnestRel(
                input.getCluster(), input.getTraitSet(), input, collections, outer, ordinality);
    }

    public List<RexNode> collections() {
        return collections;
    }

    public boolean outer() {
        return outer;
    }

    public boolean ordinality() {
        return ordinality;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new UnnestRel(getCluster(), traits, inputs.get(0), collections, outer, ordinality);
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        List<RexNode> changed = shuttle.apply(collections);
        return changed.equals(collections) ? this : create(getInput(), changed, outer, ordinality);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("collections", collections)
                .itemIf("outer", true, outer)
                .itemIf("ordinality", true, ordinality);
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory types = getCluster().getTypeFactory();
        RelDataTypeFactory.Builder row =
                types.builder().addAll(getInput().getRowType().getFieldList());
        for (int i = 0; i < collections.size(); i++) {
            RelDataType type = collections.get(i).getType();
            if (type.getSqlTypeName() == SqlTypeName.MAP) {
                row.add("$key" + i, filled(types, type.getKeyType()));
                row.add("$value" + i, filled(types, type.getValueType()));
            } else {
                row.add("$element" + i, filled(types, type.getComponentType()));
            }
        }
        if (ordinality) {
            row.add(
                    "$ordinality",
                    types.createTypeWithNullability(
                            types.createSqlType(SqlTypeName.INTEGER), outer));
        }
        return row.build();
    }

    /**
     * The type of elements where rows without any, or shorter neighbours, are filled with nulls.
     */
    private RelDataType filled(RelDataTypeFactory types, RelDataType element) {
        boolean nulls = outer || collections.size() > 1;
        return nulls ? types.createTypeWithNullability(element, true) : element;
    }
}
