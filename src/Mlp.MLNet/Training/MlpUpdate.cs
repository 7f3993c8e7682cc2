namespace Mlp.MLNet;

/// <summary>What an update came to.</summary>
/// <param name="Model">Has learnt from the new rows. It has a memory for the next update; the model before is not changed.</param>
/// <param name="Drift">How far each column of the new rows is from the rows before, features first, the label last; empty where the model
/// had no memory.</param>
public sealed record MlpUpdate<TTransformer>(TTransformer Model, IReadOnlyList<ColumnDrift> Drift);
