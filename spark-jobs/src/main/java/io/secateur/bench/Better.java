package io.secateur.bench;

/** Which way a quantity is better; decides how ours is compared to a baseline. */
public enum Better {
  LOWER,
  HIGHER;

  /** How many times better ours is: above 1 is better. */
  double ratio(double ours, double baseline) {
    return this == LOWER ? baseline / ours : ours / baseline;
  }
}
