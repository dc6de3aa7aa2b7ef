package io.secateur.encoding;

/**
 * What a chunk will hold, counted before it is written.
 *
 * @param entries stored values, fillers included
 * @param fillers those of them that bridge a distance
 */
record ChunkCount(int entries, int fillers) {}
