/** From the text of a chunk to its prototype: lexer, parser, code generator. Not exported. */
package org.luaj.vm2.compiler;
