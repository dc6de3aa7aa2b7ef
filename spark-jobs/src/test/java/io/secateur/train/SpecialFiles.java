package io.secateur.train;

import io.secateur.data.DataFiles;
import io.secateur.data.IdxFiles;
import io.secateur.data.SampleDigits;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files under a scheme that only the right Hadoop settings know. */
public final class SpecialFiles extends RawLocalFileSystem {
  private static final URI ROOT = URI.create("special:///");

  @Override
  public URI getUri() {
    return ROOT;
  }

  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.special.impl", SpecialFiles.class.getName());
    return configuration;
  }

  /** The sample's digits. */
  static DataFiles digits() {
    return DataFiles.explicit(special(SampleDigits.train()), special(SampleDigits.test()));
  }

  private static IdxFiles special(IdxFiles files) {
    return new IdxFiles(special(files.images()), special(files.labels()));
  }

  private static URI special(URI local) {
    return URI.create("special://" + local.getPath());
  }
}
