/** Queries on a cluster: real Spark, on threads and as processes of their own. */
package org.skep.tests.cluster;
