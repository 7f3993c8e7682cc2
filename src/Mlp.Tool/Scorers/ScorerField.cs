namespace Mlp.Tool.Scorers;

/// <summary>A property of a scorer's input.</summary>
/// <param name="Name">An identifier.</param>
/// <param name="Type">As C# has it.</param>
/// <param name="Default">Its first value as C#, or empty.</param>
/// <param name="Doc">What it is, a sentence.</param>
internal sealed record ScorerField(string Name, string Type, string Default, string Doc)
{
    public IEnumerable<string> ToCode()
    {
        yield return $"/// <summary>{Doc}</summary>";
        yield return $"public {Type} {Name} {{ get; init; }}{(Default.Length == 0 ? "" : $" = {Default};")}";
    }
}
