/**
 * The versioned model store: what a version is, what its manifest says, and the promises of
 * publishing. Nothing here knows a filesystem.
 *
 * <p>A version is its manifest. The atomic creation of {@code versions/<n>.json} is the commit;
 * everything a manifest names is written and closed before it exists, and never changes afterwards.
 * Versions of a model are numbered 1, 2, 3 … without gaps. Whatever no manifest names is garbage.
 *
 * <p>Three outcomes are different types because the caller must act differently: {@link
 * io.secateur.store.VersionConflictException} (nothing was published, trying again may work),
 * {@link io.secateur.store.CommitStateUnknownException} (look before trying again) and {@link
 * io.secateur.store.IntegrityException} (stored bytes are not what was published).
 */
package io.secateur.store;
