package org.skep.cluster;

import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A stage as Spark knows it: partitions are its tasks, elements its blocks with the partition that
 * each belongs to. It depends on the shuffles of the stages that it reads, so that Spark can run
 * again those of their tasks whose output is lost.
 */
final class StageRdd extends RDD<Tuple2<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final StageProgram.Sent program;
    private final int tasks;
    private final TaskResults results;
    private final transient List<String> places; // the driver's

    /**
     * @param stage its number in the query
     * @param places where each task should run if there is room, as Spark writes it; none for
     *     anywhere
     */
    StageRdd(
            SparkContext context,
            int stage,
            List<Dependency<?>> reads,
            StageProgram.Sent program,
            int tasks,
            TaskResults results,
            List<String> places) {
        super(context, SparkCalls.seq(reads), SparkCalls.tag(Tuple2.class));
        this.program = program;
        this.tasks = tasks;
        this.results = results;
        this.places = places;
        setName("stage " + stage); // in Spark's web page and events
    }

    @Override
    public Seq<String> getPreferredLocations(Partition task) {
        return SparkCalls.seq(
                task.index() < places.size() ? List.of(places.get(task.index())) : List.of());
    }

    @Override
    public Partition[] getPartitions() {
        return SparkCalls.Numbered.upTo(tasks);
    }

    @Override
    public Iterator<Tuple2<Integer, byte[]>> compute(Partition task, TaskContext context) {
        return CollectionConverters.asScala(new TaskRows(program, results, task.index(), context));
    }
}
