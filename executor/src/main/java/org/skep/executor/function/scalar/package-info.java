/**
 * Scalar functions: each is a public static method with {@link
 * org.skep.executor.function.scalar.SqlFunction}, in a class named after its topic.
 *
 * <p>To add one, add a method; its example is run as a test. To add a topic, also add its class to
 * the list in {@link org.skep.executor.function.scalar.ScalarFunctions}. Java types stand for SQL
 * types (int is INTEGER, Utf8 or String is STRING …); where they do not tell, {@code signature}
 * does. A primitive, {@code Utf8} or other unboxed-looking parameter is never called with null;
 * {@code takesNull} functions are. A method over {@code (Type, int, Column[])} is a kernel that
 * sees whole columns.
 */
package org.skep.executor.function.scalar;
