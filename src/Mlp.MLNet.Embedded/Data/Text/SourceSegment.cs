namespace Microsoft.ML.Data;

/// <summary>Source columns [Start, End); End is <see cref="Variable"/> where it differs from line to line.</summary>
internal readonly record struct SourceSegment(int Start, int End, bool ForceVector)
{
    public const int Variable = int.MaxValue;

    public bool IsVariable => End == Variable;
}
