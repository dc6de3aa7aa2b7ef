package io.secateur.job;

import io.secateur.store.JobFolders;
import io.secateur.store.ModelStore;
import io.secateur.store.StagedModel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** A store under which the driver dies, right before or right after a call that changes it. */
public final class MortalStore {
  private static final List<Class<?>> WRAPPED =
      List.of(ModelStore.class, JobFolders.class, StagedModel.class);

  private final String moment;
  private final Runnable death;

  private MortalStore(String moment, Runnable death) {
    this.moment = moment;
    this.death = death;
  }

  /**
   * A store that dies.
   *
   * @param moment "before" or "after", a blank, and the name of a method of the store, its job
   *     folders or its staged models, such as "after publishOnce"
   * @param death how
   */
  public static ModelStore of(ModelStore store, String moment, Runnable death) {
    return new MortalStore(moment, death).wrap(ModelStore.class, store);
  }

  private <T> T wrap(Class<T> type, Object real) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          dieAt("before " + method.getName());
          Object result;
          try {
            result = method.invoke(real, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          dieAt("after " + method.getName());
          return WRAPPED.contains(method.getReturnType())
              ? wrap(method.getReturnType(), result)
              : result;
        };
    return type.cast(
        Proxy.newProxyInstance(MortalStore.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void dieAt(String now) {
    if (now.equals(moment)) {
      death.run();
    }
  }
}
