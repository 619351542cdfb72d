package org.skep.executor.eval;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets loops be compiled for the first batch, while the tests of a class run. */
final class FusesAtOnce implements BeforeAllCallback, AfterAllCallback {
    private String before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = System.setProperty(FusedShapes.ROWS, "0");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (before == null) {
            System.clearProperty(FusedShapes.ROWS);
        } else {
            System.setProperty(FusedShapes.ROWS, before);
        }
    }
}
