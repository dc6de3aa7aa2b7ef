package io.secateur.train.dl4j;

import io.secateur.network.NetworkParameters;
import io.secateur.train.NetworkDefinition;
import java.util.Optional;

/**
 * A network that was read from a DL4J file.
 *
 * @param definition its configuration is the file's, less what jobs decide
 * @param parameters in canonical order
 * @param replaced one line on what the job's options replace or leave out, if anything
 */
public record ImportedNetwork(
    NetworkDefinition definition, NetworkParameters parameters, Optional<String> replaced) {}
