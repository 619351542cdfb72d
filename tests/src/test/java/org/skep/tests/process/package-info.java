/** Tests in which several processes share a warehouse, and die in the middle of their work. */
package org.skep.tests.process;
