namespace Microsoft.ML.Data;

/// <summary>How a text file is to be read: the checked form of <see cref="TextLoader.Options"/>.</summary>
internal sealed record TextFormat
{
    public required char[] Separators { get; init; }
    public required char EscapeChar { get; init; }
    public required bool TrimWhitespace { get; init; }
    public required bool HasHeader { get; init; }
    public required bool AllowQuoting { get; init; }
    public required bool AllowSparse { get; init; }
    public required bool ReadMultilines { get; init; }
    public required bool MissingRealsAsNaNs { get; init; }
    public required bool UseThreads { get; init; }
    public required char DecimalMarker { get; init; }

    /// <summary>Number of source columns, 0 if unknown.</summary>
    public required int InputSize { get; init; }

    public required long MaxRows { get; init; }

    public bool IsSeparator(char character) => Array.IndexOf(Separators, character) >= 0;

    public static TextFormat Create(TextLoader.Options options)
    {
        var separators = options.Separators.Distinct().ToArray();
        foreach (char separator in separators)
            CheckSeparator(separator, options.AllowSparse);
        if (options.MaxRows < 0)
            throw new ArgumentOutOfRangeException(nameof(options.MaxRows));
        if (options.InputSize < 0)
            throw new InvalidOperationException("inputSize");
        if (options.DecimalMarker is not ('.' or ','))
            throw new ArgumentOutOfRangeException(nameof(options.DecimalMarker),
                $"Decimal marker cannot be the '{options.DecimalMarker}' character. It must be '.' or ','.");
        if (!options.AllowQuoting && options.DecimalMarker == ',' && separators.Contains(','))
            throw new ArgumentOutOfRangeException(nameof(options.AllowQuoting),
                "Quoting must be allowed if decimal marker and separator are the ',' character.");
        if (separators.Contains(options.EscapeChar))
            throw new ArgumentOutOfRangeException(nameof(options.EscapeChar),
                $"EscapeChar '{options.EscapeChar}' can't be used both as EscapeChar and separator");
        return new TextFormat
        {
            Separators = separators,
            EscapeChar = options.EscapeChar,
            TrimWhitespace = options.TrimWhitespace,
            HasHeader = options.HasHeader && string.IsNullOrWhiteSpace(options.HeaderFile),
            AllowQuoting = options.AllowQuoting,
            AllowSparse = options.AllowSparse,
            ReadMultilines = options.AllowQuoting && options.ReadMultilines,
            MissingRealsAsNaNs = options.MissingRealsAsNaNs,
            UseThreads = options.UseThreads,
            DecimalMarker = options.DecimalMarker,
            InputSize = Math.Min(options.InputSize ?? 0, int.MaxValue - 1),
            MaxRows = options.MaxRows ?? long.MaxValue,
        };
    }

    private static void CheckSeparator(char separator, bool allowSparse)
    {
        if (separator == ':' && allowSparse)
            throw new ArgumentOutOfRangeException("Separator", "When the separator is colon, turn off allowSparse");
        if (separator != '\t' && (separator < ' ' || char.IsAsciiDigit(separator) || separator == '"'))
            throw new ArgumentOutOfRangeException("Separator", $"Illegal separator: '{separator}'");
    }
}
