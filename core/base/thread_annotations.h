#pragma once

// Which mutex guards what, in a form that Clang checks (-Wthread-safety, by `./check locks`); other compilers read
// nothing. See https://clang.llvm.org/docs/ThreadSafetyAnalysis.html. Constructors and destructors are not checked. A
// lambda is checked by itself: it does not know what its caller holds.
#if defined(__clang__)
#define ORDERLAB_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define ORDERLAB_THREAD_ANNOTATION(x)
#endif

/// A type whose objects are held, and one that holds such an object for the length of a scope.
#define ORDERLAB_CAPABILITY(name) ORDERLAB_THREAD_ANNOTATION(capability(name))
#define ORDERLAB_SCOPED_CAPABILITY ORDERLAB_THREAD_ANNOTATION(scoped_lockable)
/// A member, or a variable, that is read and written only with the mutex held.
#define ORDERLAB_GUARDED_BY(mutex) ORDERLAB_THREAD_ANNOTATION(guarded_by(mutex))
/// A function that is called with the mutex held. A lambda, too, has to say so.
#define ORDERLAB_REQUIRES(...) ORDERLAB_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
/// A function that returns with the mutex held, or releases what was held.
#define ORDERLAB_ACQUIRE(...) ORDERLAB_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define ORDERLAB_RELEASE(...) ORDERLAB_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
/// A function that the analysis cannot follow. A comment beside it says why.
#define ORDERLAB_NO_THREAD_SAFETY_ANALYSIS ORDERLAB_THREAD_ANNOTATION(no_thread_safety_analysis)
