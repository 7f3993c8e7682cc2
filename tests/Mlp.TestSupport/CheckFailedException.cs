namespace Mlp.TestSupport;

/// <summary>A comparison that did not come out. Of no test framework, so that a program without one can run the checks, too.</summary>
public sealed class CheckFailedException(string message) : Exception(message);
