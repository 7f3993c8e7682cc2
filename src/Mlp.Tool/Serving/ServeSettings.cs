namespace Mlp.Tool.Serving;

/// <summary>What <c>mlp serve</c> is asked to do, beyond where it listens.</summary>
internal sealed record ServeSettings
{
    public const int DefaultMostRows = 10_000;

    public const double DefaultSeconds = 30;

    /// <summary>The path of the model's zip.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The label's column, for a zip without notes; null for "Label".</summary>
    public string? Label { get; init; }

    /// <summary>The most rows of a request, at least 1.</summary>
    public int MostRows { get; init; } = DefaultMostRows;

    /// <summary>The most rows of a request that asks for explanations, at least 1: each costs as much as some hundred
    /// predictions.</summary>
    public int MostExplainedRows { get; init; } = 100;

    /// <summary>For a request, from its headers to the last prediction.</summary>
    public TimeSpan TimeOfRequest { get; init; } = TimeSpan.FromSeconds(DefaultSeconds);

    /// <summary>Between two looks at the file of the model.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(1);
}
