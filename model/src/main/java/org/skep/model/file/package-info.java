/** Files as tables: what was asked for, what was found, which part a task reads. */
package org.skep.model.file;
