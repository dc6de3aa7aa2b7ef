/**
 * The errors that Secateur reports to people: what was found, what was expected and what to do.
 *
 * <p>There is one small sealed hierarchy, cut by whose move is next (the user's job file, the data,
 * the store, the cluster, the job itself). It carries no exit codes: the command line maps the five
 * types once.
 */
package io.secateur.error;
