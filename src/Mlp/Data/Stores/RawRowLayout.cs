namespace Mlp.Data.Stores;

/// <summary>What a row consists of as it is read.</summary>
/// <param name="SlotCount">Of its feature vector.</param>
/// <param name="KeyCount">Categories beside the vector.</param>
/// <param name="TargetCount">Targets as they are stored: 1 for a class.</param>
internal sealed record RawRowLayout(int SlotCount, int KeyCount, int TargetCount);
