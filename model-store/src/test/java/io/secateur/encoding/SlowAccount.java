package io.secateur.encoding;

import java.util.ArrayList;
import java.util.List;

/** Counts the bytes of a file by making the list of all entries, as FORMAT.md describes them. */
final class SlowAccount {
  private SlowAccount() {}

  static ByteAccount of(float[] values, Encoding encoding, int chunkElements, int rank) {
    ByteAccount total = new ByteAccount(0, 0, 0, 0, 12 + 4 * rank + 4);
    for (int from = 0; from < values.length; from += chunkElements) {
      int to = Math.min(values.length, from + chunkElements);
      List<Boolean> isFiller = new ArrayList<>();
      int absent = 0;
      for (int i = from; i < to; i++) {
        if (encoding.equals(Encoding.DENSE) || Float.floatToRawIntBits(values[i]) != 0) {
          isFiller.add(false);
          absent = 0;
        } else if (encoding.kind() == Encoding.Kind.RELATIVE_INDEX
            && ++absent == 1 << encoding.indexBits()) {
          if (hasValue(values, i + 1, to)) {
            isFiller.add(true);
          }
          absent = 0;
        }
      }
      long fillers = isFiller.stream().filter(filler -> filler).count();
      long survivors = isFiller.size() - fillers;
      long indexBits =
          encoding.equals(Encoding.BITMAP)
              ? to - from
              : (long) isFiller.size() * encoding.indexBits();
      long indexBytes = (long) Math.ceil(indexBits / 8.0);
      long fillerIndexBytes = (long) Math.floor(fillers * encoding.indexBits() / 8.0);
      total =
          total.plus(
              new ByteAccount(
                  4 * survivors,
                  indexBytes - fillerIndexBytes,
                  4 * fillers + fillerIndexBytes,
                  0,
                  8));
    }
    return total;
  }

  private static boolean hasValue(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Float.floatToRawIntBits(values[i]) != 0) {
        return true;
      }
    }
    return false;
  }
}
