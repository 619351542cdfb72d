/** Errors as users see them: a code, a place, the value, a hint. */
package org.skep.model.error;
