namespace Mlp.Soak.RandomTrainings;

/// <summary>A training did what no training may do.</summary>
public sealed class BrokenPromiseException(string message) : Exception(message);
