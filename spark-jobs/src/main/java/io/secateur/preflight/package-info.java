/**
 * Whether a cluster can run a job: each host is looked at from inside, before anything is trained.
 */
package io.secateur.preflight;
