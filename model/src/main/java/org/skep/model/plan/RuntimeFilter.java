package org.skep.model.plan;

import java.io.Serializable;

/**
 * A link from a join's build side to a scan on its probe side in the same stage: once the build
 * side is there, the scan gives only rows that may have a match.
 *
 * @param id the same at both ends, unique in the stage
 * @param place at the join, which of its keys; at the scan, which of its outputs
 */
public record RuntimeFilter(int id, int place) implements Serializable {}
