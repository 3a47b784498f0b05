package io.mysqlmmm.agent.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;

/** A function of the C library that answers -1 and sets errno when it fails. */
final class NativeCall {
  private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = CAPTURED.varHandle(PathElement.groupElement("errno"));

  private final String name;
  private final MethodHandle handle;

  @SuppressWarnings("restricted") // this package is the one that may call native code
  NativeCall(String name, FunctionDescriptor function) {
    this.name = name;
    Linker linker = Linker.nativeLinker();
    MethodHandle raw =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow(name),
            function,
            Linker.Option.captureCallState("errno"));
    // (errno segment, arguments...) → long, whatever the C types are.
    MethodType wide = raw.type().changeReturnType(long.class);
    this.handle = raw.asType(wide).asSpreader(1, Object[].class, wide.parameterCount() - 1);
  }

  /**
   * Calls the function.
   *
   * @param what follows the function's name in an exception's message
   * @return what the function answered, never -1
   */
  long invoke(Arena arena, String what, Object... arguments) throws PosixException {
    MemorySegment captured = arena.allocate(CAPTURED);
    long result = call(captured, arguments);
    if (result == -1) {
      throw new PosixException(name + what, errno(captured));
    }
    return result;
  }

  /** As {@link #invoke}, but answers -1 if errno is {@code expected}. */
  long invokeUnless(Errno expected, Arena arena, String what, Object... arguments)
      throws PosixException {
    MemorySegment captured = arena.allocate(CAPTURED);
    long result = call(captured, arguments);
    if (result == -1 && !errno(captured).equals(expected)) {
      throw new PosixException(name + what, errno(captured));
    }
    return result;
  }

  private long call(MemorySegment captured, Object[] arguments) {
    try {
      return (long) handle.invokeExact(captured, arguments);
    } catch (Throwable bug) {
      throw new IllegalStateException(name + " could not be called", bug);
    }
  }

  private static Errno errno(MemorySegment captured) {
    return new Errno((int) ERRNO.get(captured, 0L));
  }
}
