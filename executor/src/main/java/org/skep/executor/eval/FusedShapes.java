package org.skep.executor.eval;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.codehaus.janino.util.ClassFile;

/**
 * The loops of this process by their source, those used last: what the JIT has made of a loop
 * serves every later query of the same shape.
 */
final class FusedShapes {
    private static final int MOST = 1_000;

    /** The JIT's own limit: it leaves longer methods interpreted for ever. */
    static final int LONGEST_METHOD = 8_000;

    /** After so many rows a loop is worth compiling. */
    static final String ROWS = "skep.fuse.rows";

    private static final long DEFAULT_ROWS = 500_000;

    private static final Map<String, Shape> SHAPES =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Shape> eldest) {
                    return size() > MOST;
                }
            };

    private FusedShapes() {}

    /** How many rows of a shape are interpreted before it is compiled; tests want none. */
    static long rowsBefore() {
        return Long.getLong(ROWS, DEFAULT_ROWS);
    }

    static Shape of(String members) {
        synchronized (SHAPES) {
            return SHAPES.computeIfAbsent(members, Shape::new);
        }
    }

    /** One source and, once rows enough have asked for it, its loop. */
    static final class Shape {
        private final String members;
        private final AtomicLong rows = new AtomicLong();
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile FusedLoop loop;

        private Shape(String members) {
            this.members = members;
        }

        String source() {
            return members;
        }

        /**
         * The loop, or null as long as it is not compiled: that begins, in the background, when
         * {@code before} rows have asked for it, and never ends well when a method is too long.
         */
        FusedLoop ready(int more, long before) {
            FusedLoop ready = loop;
            if (ready != null || rows.addAndGet(more) < before) {
                return ready;
            }
            if (begun.compareAndSet(false, true)) {
                if (before == 0) {
                    compile();
                } else {
                    CompletableFuture.runAsync(this::compile);
                }
            }
            return loop;
        }

        private void compile() {
            HiddenClasses.Compiled compiled = HiddenClasses.compile(FusedLoop.class, members);
            if (longestMethod(compiled.code()) <= LONGEST_METHOD) {
                loop = (FusedLoop) compiled.instance();
            }
        }
    }

    /** Bytes of bytecode. */
    static int longestMethod(byte[] code) {
        try {
            int longest = 0;
            for (ClassFile.MethodInfo method :
                    new ClassFile(new ByteArrayInputStream(code)).methodInfos) {
                for (ClassFile.AttributeInfo attribute : method.getAttributes()) {
                    if (attribute instanceof ClassFile.CodeAttribute body) {
                        longest = Math.max(longest, body.code.length);
                    }
                }
            }
            return longest;
        } catch (IOException e) {
            throw new IllegalStateException("a generated class", e);
        }
    }
}
