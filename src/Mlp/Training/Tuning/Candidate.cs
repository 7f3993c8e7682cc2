using System.Numerics;

namespace Mlp.Training.Tuning;

/// <summary>What a network of each fold says of the rows that it was not trained on.</summary>
/// <param name="Outputs">Of each fold [rows x outputs], before the link.</param>
internal sealed record Candidate<T>(IReadOnlyList<T[]> Outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
