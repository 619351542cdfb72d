/**
 * Queries planned with statistics that are wrong on purpose, and run on the real files; begin with
 * {@link org.skep.tests.distorted.DistortedEngine}.
 */
package org.skep.tests.distorted;
