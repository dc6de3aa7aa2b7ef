package io.secateur.store.hadoop;

import io.secateur.store.hadoop.FaultPlan.Call;
import io.secateur.store.hadoop.FaultPlan.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the store does while its filesystem fails, and what must hold afterwards whatever failed.
 */
enum StoreAction {
  PUBLISH_FIRST("publish a first version") {
    @Override
    String act(FaultedStore store) throws IOException {
      return store.publish(1);
    }
  },
  PUBLISH_NEXT("publish a next version") {
    @Override
    String act(FaultedStore store) throws IOException {
      return store.publishAfter(2);
    }
  },
  ANSWER_LOST("the commit's answer was lost") {
    @Override
    Optional<Fault> given() {
      return Optional.of(Fault.AFTER);
    }

    @Override
    String act(FaultedStore store) throws IOException {
      return store.publishAfter(2);
    }
  },
  COMMIT_FAILED("the commit failed once") {
    @Override
    Optional<Fault> given() {
      return Optional.of(Fault.BEFORE);
    }

    @Override
    String act(FaultedStore store) throws IOException {
      return store.publishAfter(2);
    }
  },
  OVERTAKEN("another writer was first") {
    @Override
    boolean beginsAtCommit() {
      return true;
    }

    @Override
    String act(FaultedStore store) throws IOException {
      store.overtaken();
      return store.publishAfter(2);
    }
  },
  TAG("move a tag") {
    @Override
    String act(FaultedStore store) throws IOException {
      return store.moveTag();
    }
  },
  READ("read a version") {
    @Override
    String act(FaultedStore store) throws IOException {
      return store.readVersion();
    }
  },
  LIST("list models, versions, tags") {
    @Override
    String act(FaultedStore store) throws IOException {
      return store.listAll();
    }
  },
  EXPORT("export a version") {
    @Override
    String act(FaultedStore store) throws IOException {
      return store.exportVersion();
    }
  },
  IMPORT("import a version") {
    @Override
    String act(FaultedStore store) throws IOException {
      return store.importVersion(2);
    }
  },
  EXPIRE("expire a version") {
    @Override
    String act(FaultedStore store) throws IOException {
      return store.expireVersion();
    }
  },
  COLLECT("collect garbage") {
    @Override
    String act(FaultedStore store) throws IOException {
      return store.collectGarbage();
    }
  };

  /** What became of it, and the calls that it made. */
  record Result(String outcome, List<Call> calls) {}

  private final String words;

  StoreAction(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The fault that the commit has in any case. */
  Optional<Fault> given() {
    return Optional.empty();
  }

  /** Whether this is about the calls behind the first commit only. */
  boolean beginsAtCommit() {
    return given().isPresent();
  }

  abstract String act(FaultedStore store) throws IOException;

  Result run(StoreFiles sound, StoreFiles faulty, FaultPlan plan) throws IOException {
    FaultedStore store = new FaultedStore(sound, faulty, plan);
    String outcome = act(store);
    List<Call> calls = plan.calls();
    return new Result(outcome, calls.subList(0, store.made()));
  }
}
