package org.skep.planner.logical;

import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.ReflectiveRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** What Calcite's rules may ask about a tree: all that Calcite answers, with two exceptions. */
final class Metadata {
    private static final RelMetadataProvider PROVIDER =
            ChainedRelMetadataProvider.of(
                    List.of(
                            ReflectiveRelMetadataProvider.reflectiveSource(
                                    new Predicates(), BuiltInMetadata.Predicates.Handler.class),
                            DefaultRelMetadataProvider.INSTANCE));

    private Metadata() {}

    /** By reflection: compiling its handlers costs more than a short query takes. */
    static Supplier<RelMetadataQuery> queries() {
        return () -> new RelMetadataQuery(new ProxyingMetadataHandlerProvider(PROVIDER)) {};
    }

    /** Which conditions the rows of a tree fulfil, where Calcite's answer is an exception. */
    public static final class Predicates implements MetadataHandler<BuiltInMetadata.Predicates> {
        @Override
        public MetadataDef<BuiltInMetadata.Predicates> getDef() {
            return BuiltInMetadata.Predicates.DEF;
        }

        /**
         * Nothing is known. Calcite runs the conditions of one side to see whether they imply those
         * of the other, and cannot run an EXISTS.
         */
        public RelOptPredicateList getPredicates(Intersect intersect, RelMetadataQuery query) {
            return RelOptPredicateList.EMPTY;
        }

        /**
         * Nothing is known when the condition has a NULL, from which Calcite infers a comparison
         * that it refuses itself; else null, which leaves it to Calcite.
         */
        public RelOptPredicateList getPredicates(Join join, RelMetadataQuery query) {
            return hasNull(join.getCondition()) ? RelOptPredicateList.EMPTY : null;
        }

        /** The same, where a HAVING or WHERE compares with NULL. */
        public RelOptPredicateList getPredicates(Filter filter, RelMetadataQuery query) {
            return hasNull(filter.getCondition()) ? RelOptPredicateList.EMPTY : null;
        }

        private static boolean hasNull(RexNode expression) {
            boolean[] found = new boolean[1];
            expression.accept(
                    new RexShuttle() {
                        @Override
                        public RexNode visitLiteral(RexLiteral literal) {
                            found[0] |= literal.isNull();
                            return literal;
                        }
                    });
            return found[0];
        }
    }
}
