package org.skep.executor.eval;

import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicInteger;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/** Java source to an object of this package, in a class that goes when the object does. */
final class HiddenClasses {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private HiddenClasses() {}

    /** A class that was compiled but not loaded. */
    record Compiled(byte[] code) {
        Object instance() {
            try {
                return MethodHandles.lookup()
                        .defineHiddenClass(code, true)
                        .lookupClass()
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a generated class", e);
            }
        }
    }

    /**
     * Compiles a class.
     *
     * @param type what it implements
     * @param members the text between its braces
     */
    static Compiled compile(Class<?> type, String members) {
        String name = "Generated" + NUMBER.incrementAndGet();
        String source =
                """
                package org.skep.executor.eval;
                import org.skep.model.data.*;
                import org.skep.model.type.Type;
                public final class %s implements %s {
                %s}
                """
                        .formatted(name, type.getSimpleName(), members);
        try {
            SimpleCompiler compiler = new SimpleCompiler();
            compiler.setParentClassLoader(HiddenClasses.class.getClassLoader());
            compiler.cook(source);
            return new Compiled(compiler.getBytecodes().get("org.skep.executor.eval." + name));
        } catch (CompileException e) {
            throw new IllegalStateException("generated source:\n" + source, e);
        }
    }
}
