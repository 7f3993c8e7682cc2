using Mlp.Scoring;

namespace Mlp.Tool.Scorers;

/// <summary>Some slots of a feature vector that follow each other, and what they are computed from.</summary>
/// <param name="Column">The model's input column.</param>
/// <param name="Width">Slots.</param>
internal abstract record FeaturePart(string Column, int Width)
{
    /// <summary>The slots of a row, as the scorer will have them.</summary>
    /// <param name="value">Of the input column: float[] for numbers, string for texts.</param>
    /// <param name="slots">As many as the part has; zeros at first.</param>
    public abstract void Evaluate(object value, Span<float> slots);
}

/// <summary>One number, or a vector of them.</summary>
/// <param name="Column">Its input column.</param>
/// <param name="Width">Numbers.</param>
/// <param name="IsVector">Whether the column is a vector.</param>
/// <param name="Steps">What is done to them, in order.</param>
internal sealed record NumberPart(string Column, int Width, bool IsVector, IReadOnlyList<NumberStep> Steps) : FeaturePart(Column, Width)
{
    public override void Evaluate(object value, Span<float> slots)
    {
        ((float[])value).CopyTo(slots);
        foreach (NumberStep step in Steps)
            step.Apply(slots);
    }
}

/// <summary>The flags of a category: a 1 in the slot of its value.</summary>
/// <param name="Column">Its input column, a text.</param>
/// <param name="Values">In the order of the slots.</param>
internal sealed record CategoryPart(string Column, IReadOnlyList<string> Values) : FeaturePart(Column, Values.Count)
{
    private readonly CategoryTable _table = new(Values);

    public override void Evaluate(object value, Span<float> slots)
    {
        int index = _table.IndexOf((string)value);
        if (index > 0)
            slots[index - 1] = 1;
    }
}

/// <summary>The flags of a category whose slots a hash gives.</summary>
/// <param name="Column">Its input column, a text.</param>
/// <param name="BitCount">Slots, as a power of two.</param>
/// <param name="Seed">Of the hash.</param>
internal sealed record HashPart(string Column, int BitCount, uint Seed) : FeaturePart(Column, 1 << BitCount)
{
    public override void Evaluate(object value, Span<float> slots)
    {
        int index = TextHash.IndexOf((string)value, BitCount, Seed);
        if (index > 0)
            slots[index - 1] = 1;
    }
}

/// <summary>The letters and words of a text.</summary>
/// <param name="Column">Its input column, a text.</param>
/// <param name="Characters">What characters become.</param>
/// <param name="Letters">Three in a row, slot after slot.</param>
/// <param name="Words">Words and pairs, slot after slot.</param>
internal sealed record TextPart(
    string Column, IReadOnlyList<string> Characters, IReadOnlyList<string> Letters, IReadOnlyList<string> Words)
    : FeaturePart(Column, Letters.Count + Words.Count)
{
    private readonly TextSlots _slots =
        new(new CategoryTable(Characters), new CategoryTable(Letters), new CategoryTable(Words));

    public override void Evaluate(object value, Span<float> slots)
    {
        foreach ((int slot, float number) in _slots.Compute((string)value))
            slots[slot] = number;
    }
}

/// <summary>What is done to numbers, one parameter for each of them.</summary>
internal abstract record NumberStep
{
    public abstract void Apply(Span<float> numbers);

    /// <summary>This step for some of the numbers.</summary>
    public abstract NumberStep Of(int start, int count);
}

/// <summary>Missing numbers become others.</summary>
/// <param name="Values">One for each.</param>
internal sealed record ReplaceMissing(float[] Values) : NumberStep
{
    public override void Apply(Span<float> numbers)
    {
        for (int index = 0; index < numbers.Length; index++)
            numbers[index] = float.IsNaN(numbers[index]) ? Values[index] : numbers[index];
    }

    public override NumberStep Of(int start, int count) => new ReplaceMissing(Values[start..(start + count)]);
}

/// <summary>(x − offset) · factor.</summary>
/// <param name="Offsets">One for each.</param>
/// <param name="Factors">One for each.</param>
internal sealed record ScaleNumbers(float[] Offsets, float[] Factors) : NumberStep
{
    public override void Apply(Span<float> numbers)
    {
        for (int index = 0; index < numbers.Length; index++)
            numbers[index] = (numbers[index] - Offsets[index]) * Factors[index];
    }

    public override NumberStep Of(int start, int count) =>
        new ScaleNumbers(Offsets[start..(start + count)], Factors[start..(start + count)]);
}
