namespace Mlp.Scoring;

/// <summary>What a pipeline does to numbers before the network. Thread-safe.</summary>
public static class NumberSteps
{
    /// <summary>A number, or another one where it is NaN.</summary>
    public static float ReplaceMissing(float number, float other) => float.IsNaN(number) ? other : number;

    /// <summary>(number − offset) · factor.</summary>
    public static float Scale(float number, float offset, float factor) => (number - offset) * factor;

    /// <summary>Replaces each number that is NaN by another one, in place.</summary>
    /// <param name="numbers">Get the others where they are NaN.</param>
    /// <param name="others">As many.</param>
    public static void ReplaceMissing(Span<float> numbers, ReadOnlySpan<float> others)
    {
        for (int index = 0; index < numbers.Length; index++)
            numbers[index] = ReplaceMissing(numbers[index], others[index]);
    }

    /// <summary>(number − offset) · factor of each number, in place.</summary>
    /// <param name="numbers">To be scaled.</param>
    /// <param name="offsets">As many.</param>
    /// <param name="factors">As many.</param>
    public static void Scale(Span<float> numbers, ReadOnlySpan<float> offsets, ReadOnlySpan<float> factors)
    {
        for (int index = 0; index < numbers.Length; index++)
            numbers[index] = Scale(numbers[index], offsets[index], factors[index]);
    }

    /// <summary>The numbers of a vector; as many NaN where it is null.</summary>
    /// <param name="numbers">Null, or of the given length.</param>
    /// <param name="length">How many the model takes.</param>
    /// <param name="column">For the message.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static ReadOnlySpan<float> Vector(float[]? numbers, int length, string column)
    {
        if (numbers is null)
        {
            float[] missing = new float[length];
            Array.Fill(missing, float.NaN);
            return missing;
        }
        return numbers.Length == length ? numbers : throw new ArgumentException(
            $"Column '{column}' has {numbers.Length} numbers; the model takes {length}. Give it as many, NaN for those that are missing.",
            nameof(numbers));
    }
}
