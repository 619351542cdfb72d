package org.skep.executor.function.scalar;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a public static method a SQL function. Overloads repeat the names. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface SqlFunction {
    /** Its names, lower case, the first one its own. */
    String[] value();

    /** What it does, for people. */
    String doc();

    /** A call and its result, {@code gcd(12, 18) = 6}; run as a test. */
    String example();

    /**
     * Types of parameters and result, such as {@code (array<T>, T) boolean}; empty where Java's
     * types tell. Names are SQL's; {@code T}, {@code K}, {@code V} stand for any type, {@code
     * decimal} for a DECIMAL of any size, {@code text} for STRING and whatever can be cast to it.
     * The last parameter may repeat: {@code T...}.
     */
    String signature() default "";

    /** Whether equal arguments always give equal results. */
    boolean deterministic() default true;

    /** Whether it is called with nulls; otherwise null in is null out. */
    boolean takesNull() default false;
}
