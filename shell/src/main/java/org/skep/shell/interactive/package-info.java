/**
 * The prompt: a line editor that knows SQL. The only package that touches the line editor's
 * library, and only loaded for the prompt.
 */
package org.skep.shell.interactive;
