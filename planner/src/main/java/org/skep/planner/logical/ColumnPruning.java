package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPermuteInputsShuttle;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/** Drops columns as early as nobody needs them any more; knows our own nodes too. */
public final class ColumnPruning extends RelFieldTrimmer {
    private ColumnPruning(RelBuilder builder) {
        super(null, builder);
    }

    static RelNode apply(RelNode root, RelBuilder builder) {
        return new ColumnPruning(builder).trim(root);
    }

    /** Called by reflection for {@link UnnestRel}. */
    public TrimResult trimFields(
            UnnestRel unnest, ImmutableBitSet used, Set<RelDataTypeField> extra) {
        RelNode input = unnest.getInput();
        int width = input.getRowType().getFieldCount();
        int total = unnest.getRowType().getFieldCount();
        ImmutableBitSet.Builder needed = ImmutableBitSet.builder();
        used.forEachInt(
                field -> {
                    if (field < width) {
                        needed.set(field);
                    }
                });
        needed.addAll(RelOptUtil.InputFinder.bits(unnest.collections(), null));
        TrimResult trimmed = trimChild(unnest, input, needed.build(), extra);
        RelNode newInput = trimmed.left;
        Mapping inputMapping = trimmed.right;
        int newWidth = newInput.getRowType().getFieldCount();
        Mapping mapping =
                Mappings.create(MappingType.INVERSE_SURJECTION, total, newWidth + total - width);
        for (int field = 0; field < width; field++) {
            int target = inputMapping.getTargetOpt(field);
            if (target >= 0) {
                mapping.set(field, target);
            }
        }
        for (int field = width; field < total; field++) {
            mapping.set(field, field - width + newWidth);
        }
        List<RexNode> collections = new ArrayList<>();
        RexPermuteInputsShuttle permute = new RexPermuteInputsShuttle(inputMapping, newInput);
        unnest.collections().forEach(collection -> collections.add(collection.accept(permute)));
        return result(
                UnnestRel.create(newInput, collections, unnest.outer(), unnest.ordinality()),
                mapping);
    }
}
