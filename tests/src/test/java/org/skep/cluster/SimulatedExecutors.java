package org.skep.cluster;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.SparkContext;
import org.apache.spark.rpc.RpcEndpoint;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.scheduler.TaskDescription;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.scheduler.cluster.CoarseGrainedClusterMessages;
import org.apache.spark.scheduler.cluster.CoarseGrainedSchedulerBackend;
import org.apache.spark.storage.BlockManagerId;
import scala.Option;
import scala.PartialFunction;
import scala.collection.immutable.Map$;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Spark's own scheduler back end, at which executors have registered that answer each task with a
 * result of the size of a real one. All of them are one endpoint of this process; what they do runs
 * on threads of their own, whose time is told apart from the driver's.
 */
final class SimulatedExecutors extends CoarseGrainedSchedulerBackend {
    private static final int FIRST_PORT = 20_000;
    private static final long MEMORY = 1L << 30;

    /** The name of the threads that are not the driver's begins so. */
    static final String THREADS = "simulated-executor";

    private final SparkContext context;
    private final int executors;
    private final int cores;
    private final ExecutorService threads =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread thread = new Thread(work, THREADS);
                        thread.setDaemon(true);
                        return thread;
                    });

    SimulatedExecutors(
            TaskSchedulerImpl scheduler, SparkContext context, int executors, int cores) {
        super(scheduler, context.env().rpcEnv());
        this.context = context;
        this.executors = executors;
        this.cores = cores;
    }

    @Override
    public void start() {
        super.start();
        RpcEndpointRef all = rpcEnv().setupEndpoint("simulated-executors", new Endpoint());
        for (int executor = 0; executor < executors; executor++) {
            driverEndpoint()
                    .askSync(
                            new CoarseGrainedClusterMessages.RegisterExecutor(
                                    Integer.toString(executor),
                                    all,
                                    host(executor),
                                    cores,
                                    Map$.MODULE$.empty(),
                                    Map$.MODULE$.empty(),
                                    Map$.MODULE$.empty(),
                                    0),
                            SparkCalls.tag(Boolean.class));
            context.env()
                    .blockManager()
                    .master()
                    .registerBlockManager(place(executor), new String[0], MEMORY, 0, all, false);
            driverEndpoint()
                    .send(
                            new CoarseGrainedClusterMessages.LaunchedExecutor(
                                    Integer.toString(executor)));
        }
    }

    private static String host(int executor) {
        return "host-" + executor;
    }

    private static BlockManagerId place(int executor) {
        return BlockManagerId.apply(
                Integer.toString(executor), host(executor), FIRST_PORT + executor, Option.empty());
    }

    @Override
    public void stop() {
        threads.shutdownNow();
        super.stop();
    }

    private final class Endpoint implements RpcEndpoint {
        @Override
        public RpcEnv rpcEnv() {
            return SimulatedExecutors.this.rpcEnv();
        }

        @Override
        public PartialFunction<Object, BoxedUnit> receive() {
            return new AbstractPartialFunction<>() {
                @Override
                public boolean isDefinedAt(Object message) {
                    return true;
                }

                @Override
                public BoxedUnit apply(Object message) {
                    if (message instanceof CoarseGrainedClusterMessages.LaunchTask launch) {
                        SimulatedTask.count(launch.data().value().remaining());
                        threads.execute(() -> answer(launch));
                    }
                    return BoxedUnit.UNIT;
                }
            };
        }

        private void answer(CoarseGrainedClusterMessages.LaunchTask launch) {
            TaskDescription task = TaskDescription.decode(launch.data().value());
            driverEndpoint()
                    .send(SimulatedTask.ended(task, place(Integer.parseInt(task.executorId()))));
        }
    }
}
