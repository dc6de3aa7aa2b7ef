package io.secateur.store.hadoop;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.RunningHashes;
import io.secateur.network.Topology;
import io.secateur.store.ModelHashes;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelVersion;
import io.secateur.store.PayloadWriter;
import io.secateur.store.Provenance;
import io.secateur.store.StoredFile;
import io.secateur.store.StoredTensor;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Writes a payload tensor by tensor. */
final class PayloadWriting implements PayloadWriter {
  private final StoreFiles files;
  private final String model;
  private final Topology topology;
  private final ParameterLayout layout;
  private final UUID id = UUID.randomUUID();
  private final Payload payload;
  private final List<StoredTensor> written;
  private boolean finished;

  /** Creates the payload's folder. */
  PayloadWriting(StoreFiles files, String model, Topology topology) {
    this.files = files;
    this.model = model;
    this.topology = topology;
    this.layout = ParameterLayout.of(topology);
    this.written = new ArrayList<>(Collections.nCopies(layout.tensors().size(), null));
    this.payload = new Payload(new PatientFiles(files), StorePaths.payload(model, id));
    try {
      new PatientFiles(files).createFolder(payload.folder());
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private RuntimeException refused(IOException e) {
    return StoreErrors.refused(files, "write the payload of " + model, e);
  }

  @Override
  public StoredTensor write(
      ParameterTensor tensor,
      float[] values,
      int from,
      EncodingPolicy encoding,
      long weightsBeforePruning) {
    int index = layout.tensors().indexOf(tensor);
    if (index < 0 || written.get(index) != null) {
      throw new IllegalArgumentException(
          tensor.name() + (index < 0 ? " is not of the layout" : " was written before"));
    }
    try {
      StoredTensor stored =
          payload.writeTensor(index, tensor, values, from, encoding, weightsBeforePruning);
      written.set(index, stored);
      return stored;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  @Override
  public ModelManifest finish(byte[] configuration, Provenance provenance) {
    int missing = written.indexOf(null);
    if (missing >= 0) {
      throw new IllegalStateException(layout.tensors().get(missing).name() + " was not written");
    }
    try {
      StoredFile file = payload.writeConfiguration(configuration);
      new PatientFiles(files).sync(payload.folder());
      ModelManifest manifest =
          new ModelManifest(
              new ModelVersion(model, 1),
              Instant.now(),
              id,
              topology,
              written,
              file,
              readBack(),
              provenance);
      finished = true;
      return manifest;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private ModelHashes readBack() {
    RunningHashes hashes = new RunningHashes(layout);
    for (int i = 0; i < written.size(); i++) {
      ParameterTensor tensor = layout.tensors().get(i);
      float[] values = new float[tensor.elements()];
      payload.readTensor(written.get(i), values, 0);
      hashes.add(tensor, values, 0);
    }
    return new ModelHashes(hashes.masks(), hashes.parameters());
  }

  @Override
  public void close() {
    if (!finished) {
      try {
        files.deleteFolder(payload.folder());
      } catch (IOException e) {
        // What no manifest names is garbage, whether or not it could be removed now.
      }
    }
  }
}
