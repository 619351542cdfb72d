package org.skep.model.plan;

import java.io.Serializable;

/**
 * What a join condition says of ranges: pairs for which it is true have {@code rightLow ≤ leftHigh}
 * and {@code leftLow ≤ rightHigh}. One of the two may be missing, with both its expressions null.
 *
 * @param leftLow over the left columns
 * @param leftHigh over the left columns
 * @param rightLow over the right columns, numbered from 0; of the type of {@code leftHigh}
 * @param rightHigh over the right columns, numbered from 0; of the type of {@code leftLow}
 */
public record JoinBounds(Expr leftLow, Expr leftHigh, Expr rightLow, Expr rightHigh)
        implements Serializable {
    public JoinBounds {
        if ((leftLow == null) != (rightHigh == null) || (leftHigh == null) != (rightLow == null)) {
            throw new IllegalArgumentException("half a bound");
        }
    }
}
