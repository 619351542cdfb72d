/** SQL types, fields and schemas. */
package org.skep.model.type;
