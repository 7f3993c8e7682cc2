namespace Mlp.Soak;

/// <summary>Promises that are tested together.</summary>
internal interface ISoakPart
{
    /// <summary>What --only calls it.</summary>
    string Name { get; }

    /// <summary>Of the whole run's time, relative to the other parts.</summary>
    double Share { get; }

    /// <summary>Tests for about <see cref="SoakRun.Time"/>.</summary>
    /// <returns>One result per promise. A failure is a result, not an exception.</returns>
    IEnumerable<SoakResult> Run(SoakRun run);
}
