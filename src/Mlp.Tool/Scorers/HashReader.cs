using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Scoring;

namespace Mlp.Tool.Scorers;

/// <summary>Finds out how a transformer hashes texts.</summary>
internal static class HashReader
{
    // What ML.NET hashes with unless it is told otherwise.
    private const uint DefaultSeed = 314489979;

    private static readonly string[] Texts = ["a", "Shop 12", "Übergröße", "日本 語", "\U0001F600 x", " ", ""];

    /// <summary>The hash of a single text; null where it has another seed than ML.NET's own.</summary>
    /// <param name="mapper">From the text to the key.</param>
    /// <param name="made">The key.</param>
    /// <param name="source">The text where the transformer reads it.</param>
    /// <param name="column">The text in the input.</param>
    public static ColumnForm.Hash? Read(IRowToRowMapper mapper, DataViewSchema.Column made, string source, string column)
    {
        if (made.Type is not KeyDataViewType key || !BitOperations.IsPow2(key.Count) || made.Type.RawType != typeof(uint))
            return null;
        int bitCount = BitOperations.Log2(key.Count);
        uint[] keys = [.. Texts.Select(text => KeyOf(mapper, made, source, text))];
        foreach (uint seed in (uint[])[TextHash.Ordered(DefaultSeed), DefaultSeed])
        {
            if (Texts.Select(text => (uint)TextHash.IndexOf(text, bitCount, seed)).SequenceEqual(keys))
                return new ColumnForm.Hash(column, bitCount, seed);
        }
        return null;
    }

    private static uint KeyOf(IRowToRowMapper mapper, DataViewSchema.Column made, string source, string text)
    {
        using DataViewRow row = mapper.GetRow(
            new ProbeRow(mapper.InputSchema, new Dictionary<string, object> { [source] = text }), [mapper.OutputSchema[made.Index]]);
        uint key = 0;
        row.GetGetter<uint>(mapper.OutputSchema[made.Index])(ref key);
        return key;
    }
}
