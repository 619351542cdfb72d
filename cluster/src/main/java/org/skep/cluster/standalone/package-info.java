/**
 * A Spark standalone cluster on this machine, for trying it out: a master and some workers as
 * processes of their own, on loopback addresses, with a secret that nobody else knows. Begin with
 * {@link org.skep.cluster.standalone.ClusterMain}.
 */
package org.skep.cluster.standalone;
