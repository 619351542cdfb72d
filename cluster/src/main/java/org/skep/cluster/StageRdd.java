package org.skep.cluster;

import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A stage as Spark knows it: partitions are its tasks, elements its blocks with the partition that
 * each belongs to. It depends on the shuffles of the stages that it reads, so that Spark can run
 * again those of their tasks whose output is lost.
 */
final class StageRdd extends RDD<Tuple2<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<StageProgram> program;
    private final int tasks;
    private final TaskResults results;

    StageRdd(
            SparkContext context,
            List<Dependency<?>> reads,
            Broadcast<StageProgram> program,
            int tasks,
            TaskResults results) {
        super(context, SparkCalls.seq(reads), SparkCalls.tag(Tuple2.class));
        this.program = program;
        this.tasks = tasks;
        this.results = results;
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
