package io.secateur.cli;

import io.secateur.store.Damage;

/** A damaged file as {@code --json} tells it. */
record DamageView(String file, String found, String expected, String remedy) {
  static DamageView of(Damage damage) {
    return new DamageView(
        damage.file(),
        damage.problem().found(),
        damage.problem().expected(),
        damage.problem().remedy());
  }
}
