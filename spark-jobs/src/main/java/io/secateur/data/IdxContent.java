package io.secateur.data;

/**
 * What one reading of a pair of files gave.
 *
 * @param rows the rows that were asked for
 * @param count the images in the file
 * @param imagesSha256 "sha256:…" of the uncompressed content of the images file
 * @param labelsSha256 the same of the labels file
 */
record IdxContent(LabelledImages rows, int count, String imagesSha256, String labelsSha256) {}
