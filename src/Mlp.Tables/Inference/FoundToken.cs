using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>A text of a column that may stand for "no value".</summary>
internal sealed class FoundToken(string text, ulong hash, MissingToken kind)
{
    public string Text { get; } = text;

    public ulong Hash { get; } = hash;

    public MissingToken Kind { get; } = kind;

    public long Count { get; set; }
}
