using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Tool.Output;

namespace Mlp.Tool.Scorers;

/// <summary>Compares the features that a scorer computes with the pipeline's, on rows made up for it: what was read of the pipeline is
/// never taken on trust.</summary>
internal static class FeatureCheck
{
    private const int RowCount = 100;

    private static readonly float[] Numbers =
        [float.NaN, 0, -0f, 1, -1, 0.1f, 1e-30f, 1e30f, -1e30f, float.MaxValue, float.Epsilon, 20, 365.25f];

    private static readonly string[] Texts =
        ["", "a", "A", " a", "unseen", "The quick, brown fox; 12 dogs!", "ÄÖÜ ß", "\u2003x\t", "日本", "\U0001F600"];

    /// <param name="path">Of the zip, for the message.</param>
    /// <param name="pipeline">To be compared with.</param>
    /// <param name="schema">Of its input.</param>
    /// <param name="featureColumn">Of the network.</param>
    /// <param name="parts">What was read.</param>
    /// <exception cref="ToolException">A slot differs.</exception>
    public static void Run(
        string path, ITransformer pipeline, DataViewSchema schema, string featureColumn, IReadOnlyList<FeaturePart> parts)
    {
        IRowToRowMapper mapper = pipeline.GetRowToRowMapper(schema);
        var random = new Random(1);
        float[] slots = new float[parts.Sum(part => part.Width)];
        for (int row = 0; row < RowCount; row++)
        {
            Dictionary<string, object> values = MakeUp(parts, schema, random);
            float[] expected = ProbeRow.Compute(mapper, featureColumn, values);
            Array.Clear(slots);
            int start = 0;
            foreach (FeaturePart part in parts)
            {
                Span<float> own = slots.AsSpan(start, part.Width);
                part.Evaluate(values[part.Column], own);
                for (int slot = 0; slot < own.Length; slot++)
                {
                    float wanted = expected[start + slot];
                    // The sign of a zero is nothing to a network.
                    if (own[slot] != wanted && !(float.IsNaN(own[slot]) && float.IsNaN(wanted)))
                    {
                        throw new ToolException(
                            ExitCode.BadInput,
                            $"'{path}': feature {start + slot}, from column '{part.Column}', is {wanted} in the pipeline and would be "
                                + $"{own[slot]} in C#. A step between the two has no form in C#. Leave it out, and train again.");
                    }
                }
                start += part.Width;
            }
        }
    }

    /// <summary>Some of the words that the model knows, and some that none knows.</summary>
    private static string Sentence(TextPart text, Random random) => string.Join(' ', Enumerable.Range(0, random.Next(6)).Select(_ =>
        random.Next(3) == 0 || text.Words.Count == 0
            ? Texts[random.Next(Texts.Length)] : text.Words[random.Next(text.Words.Count)].ToUpperInvariant()));

    private static Dictionary<string, object> MakeUp(IReadOnlyList<FeaturePart> parts, DataViewSchema schema, Random random)
    {
        var values = new Dictionary<string, object>();
        foreach (FeaturePart part in parts)
        {
            if (values.ContainsKey(part.Column))
                continue;
            values[part.Column] = part switch
            {
                // Whole numbers that every type has, 0 and 1 for flags.
                NumberPart when PlainNumbers.NameOf(schema[part.Column].Type) is { } type =>
                    new[] { (float)random.Next(type == "bool" ? 2 : 100) },
                NumberPart => Enumerable.Range(0, part.Width)
                    .Select(_ => random.Next(4) == 0 ? Numbers[random.Next(Numbers.Length)] : (float)(random.NextDouble() * 200 - 100))
                    .ToArray(),
                CategoryPart category => random.Next(3) == 0
                    ? Texts[random.Next(Texts.Length)] : category.Values[random.Next(category.Values.Count)],
                HashPart => random.Next(2) == 0 ? Texts[random.Next(Texts.Length)] : $"{(char)random.Next(1, 0x3000)}{random.Next(1000)}é",
                TextPart text => Sentence(text, random),
                _ => "",
            };
        }
        return values;
    }
}
