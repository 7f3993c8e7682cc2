namespace Mlp.MLNet;

/// <summary>What parts of a training were joined to.</summary>
/// <param name="NumberOfParts">That were joined.</param>
/// <param name="NumberOfNetworks">Of the model, refits included.</param>
/// <param name="Temperature">As <see cref="Model{T}.Temperature"/>: found from what all parts held out.</param>
/// <param name="Warnings">In sentences; empty when the bits are those of one process.</param>
public sealed record JoinedParts(int NumberOfParts, int NumberOfNetworks, double Temperature, IReadOnlyList<string> Warnings);
