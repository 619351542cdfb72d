package org.skep.planner.logical;

import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.ReflectiveRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/** What Calcite's rules may ask about a tree: all that Calcite answers, with one exception. */
final class Metadata {
    private static final RelMetadataProvider PROVIDER =
            ChainedRelMetadataProvider.of(
                    List.of(
                            ReflectiveRelMetadataProvider.reflectiveSource(
                                    new OfIntersect(), BuiltInMetadata.Predicates.Handler.class),
                            DefaultRelMetadataProvider.INSTANCE));

    private Metadata() {}

    /** By reflection: compiling its handlers costs more than a short query takes. */
    static Supplier<RelMetadataQuery> queries() {
        return () -> new RelMetadataQuery(new ProxyingMetadataHandlerProvider(PROVIDER)) {};
    }

    /**
     * Nothing is known of the rows of an INTERSECT. Calcite runs the conditions of one side to see
     * whether they imply those of the other, and cannot run an EXISTS.
     */
    public static final class OfIntersect implements MetadataHandler<BuiltInMetadata.Predicates> {
        @Override
        public MetadataDef<BuiltInMetadata.Predicates> getDef() {
            return BuiltInMetadata.Predicates.DEF;
        }

        public RelOptPredicateList getPredicates(Intersect intersect, RelMetadataQuery query) {
            return RelOptPredicateList.EMPTY;
        }
    }
}
