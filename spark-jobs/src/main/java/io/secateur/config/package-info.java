/**
 * Job files: what a user asks for, read, checked and resolved once, on the driver. A file is parsed
 * by SnakeYAML's composer, which keeps line numbers, checked against the JSON Schema that ships in
 * {@code conf/schema} (the same that editors can use), then against rules that span keys, and
 * becomes {@link io.secateur.config.JobOptions}: complete, typed and immutable. Numbers are read as
 * {@link java.math.BigDecimal}, so that 0.92 is the decimal that was written.
 */
package io.secateur.config;
