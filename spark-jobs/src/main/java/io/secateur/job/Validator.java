package io.secateur.job;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.train.Engine;
import io.secateur.train.Evaluation;
import io.secateur.train.Evaluator;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.Predictor;

/** Measures a state of the network on the validation rows: every choice of a job rests on these. */
final class Validator {
  private final Engine engine;
  private final NetworkDefinition definition;
  private final LabelledImages validation;

  Validator(Engine engine, NetworkDefinition definition, LabelledImages validation) {
    this.engine = engine;
    this.definition = definition;
    this.validation = validation;
  }

  Evaluation evaluate(NetworkParameters parameters) {
    return evaluate(engine, definition, parameters, validation);
  }

  /** The one way in which a network is measured, on whatever rows. */
  static Evaluation evaluate(
      Engine engine,
      NetworkDefinition definition,
      NetworkParameters parameters,
      LabelledImages rows) {
    try (Predictor predictor = engine.predictor(definition, parameters)) {
      return Evaluator.evaluate(predictor, rows);
    }
  }
}
