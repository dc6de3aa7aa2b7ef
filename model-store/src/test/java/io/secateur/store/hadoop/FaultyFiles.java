package io.secateur.store.hadoop;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Files whose operations fail as told, before or after they did their work. */
final class FaultyFiles {
  /** What happens around an operation; may throw in place of it. */
  interface Fault {
    /**
     * Runs or doesn't run the operation.
     *
     * @param call how often this operation was called before, from 0
     */
    Object apply(int call, Operation operation) throws IOException;
  }

  interface Operation {
    Object run() throws IOException;
  }

  private FaultyFiles() {}

  static Fault failsBefore(int calls) {
    return (call, operation) -> {
      if (call < calls) {
        throw new IOException("lost before");
      }
      return operation.run();
    };
  }

  static Fault failsAfter(int calls) {
    return (call, operation) -> {
      Object result = operation.run();
      if (call < calls) {
        throw new IOException("lost after");
      }
      return result;
    };
  }

  /** Files over others in which the operations of one name have a fault. */
  static StoreFiles with(StoreFiles files, String operation, Fault fault) {
    List<String> calls = new ArrayList<>();
    return around(
        files,
        operation,
        (argument, real) -> {
          calls.add(operation);
          return fault.apply(calls.size() - 1, real);
        });
  }

  /** Files over others that seem all to have been written two hours before the clock's time. */
  static StoreFiles aged(StoreFiles files) {
    return around(
        files,
        "modified",
        (name, real) -> {
          Instant written = (Instant) real.run();
          return name.contains("/.clock-") ? written : written.minus(Duration.ofHours(2));
        });
  }

  /** What happens around an operation on a file or folder. */
  private interface Around {
    Object apply(String name, Operation operation) throws IOException;
  }

  private static StoreFiles around(StoreFiles files, String operation, Around around) {
    return (StoreFiles)
        Proxy.newProxyInstance(
            FaultyFiles.class.getClassLoader(),
            new Class<?>[] {StoreFiles.class},
            (proxy, method, arguments) -> {
              Operation real =
                  () -> {
                    try {
                      return method.invoke(files, arguments);
                    } catch (InvocationTargetException e) {
                      if (e.getCause() instanceof IOException failure) {
                        throw failure;
                      }
                      throw new IllegalStateException(e.getCause());
                    } catch (IllegalAccessException e) {
                      throw new IllegalStateException(e);
                    }
                  };
              if (!method.getName().equals(operation)) {
                return real.run();
              }
              return around.apply(arguments == null ? "" : (String) arguments[0], real);
            });
  }
}
