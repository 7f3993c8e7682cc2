namespace Mlp.TestSupport;

/// <summary>A part of a fixture file that passes or fails as a whole. It runs once per precision, however often it is asked for.</summary>
public sealed class FixtureCase
{
    private readonly Lazy<FixtureResult> _inDouble, _inSingle;

    /// <param name="file">Of the fixture, without the extension.</param>
    /// <param name="name">Unique in the file.</param>
    /// <param name="inDouble">Compares with the engine in double.</param>
    /// <param name="inSingle">Compares with the engine in float.</param>
    public FixtureCase(string file, string name, Action<FixtureCheck> inDouble, Action<FixtureCheck> inSingle)
    {
        (File, Name) = (file, name);
        _inDouble = new(() => Run(inDouble));
        _inSingle = new(() => Run(inSingle));
    }

    /// <summary>The fixture, without the extension.</summary>
    public string File { get; }

    /// <summary>Unique in the file.</summary>
    public string Name { get; }

    /// <summary>In double.</summary>
    public FixtureResult InDouble => _inDouble.Value;

    /// <summary>In float.</summary>
    public FixtureResult InSingle => _inSingle.Value;

    private static FixtureResult Run(Action<FixtureCheck> compare)
    {
        var check = new FixtureCheck();
        try
        {
            compare(check);
            return new FixtureResult(check, Failure: null);
        }
        catch (Exception failure)
        {
            return new FixtureResult(check, failure);
        }
    }
}

/// <summary>How a case came out.</summary>
/// <param name="Check">What was compared.</param>
/// <param name="Failure">Null when everything agreed.</param>
public sealed record FixtureResult(FixtureCheck Check, Exception? Failure);
