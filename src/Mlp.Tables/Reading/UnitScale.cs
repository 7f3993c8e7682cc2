namespace Mlp.Tables.Reading;

/// <summary>Units of one kind: minutes are hours, and g are kg, of another size.</summary>
internal static class UnitScale
{
    /// <summary>Minutes, as a unit.</summary>
    public const string Minutes = "min";

    private const int LongestName = 8;

    private const double Month = 365.25 * 24 / 12;

    /// <summary>The size of each unit in the first of its kind. Capitals matter in units of one letter.</summary>
    private static readonly Dictionary<string, (string Kind, double Size)> Units = new(StringComparer.Ordinal);

    static UnitScale()
    {
        Add("h", 1, "h hr hrs hour hours std stunde stunden heure heures");
        Add("h", 1.0 / 60, "min mins minute minutes minuten");
        Add("h", 1.0 / 3600, "s sec secs second seconds sek sekunde sekunden");
        Add("h", 1.0 / 3_600_000, "ms msec");
        Add("h", 24, "d day days tag tage jour jours");
        Add("h", 24 * 7, "wk wks week weeks woche wochen");
        Add("h", Month, "mo mos month months monat monate mois");
        Add("h", 12 * Month, "yr yrs year years jahr jahre");
        Add("m", 1e-3, "mm");
        Add("m", 1e-2, "cm");
        Add("m", 1, "m metre metres meter meters");
        Add("m", 1e3, "km");
        Add("m", 0.0254, "in inch inches \" ″ ”");
        Add("m", 0.3048, "ft foot feet ' ′");
        Add("m", 0.9144, "yd yard yards");
        Add("m", 1609.344, "mi mile miles");
        Add("m²", 1, "m² m2 sqm qm");
        Add("m²", 0.09290304, "sq ft,sqft,sq. ft,ft²,ft2", ',');
        Add("m²", 4046.8564224, "acre acres");
        Add("m²", 1e4, "ha hectare hectares");
        Add("m²", 1e6, "km² km2");
        Add("kg", 1e-6, "mg");
        Add("kg", 1e-3, "g gram grams gramm");
        Add("kg", 1, "kg kgs");
        Add("kg", 1e3, "t");
        Add("kg", 0.45359237, "lb lbs");
        Add("kg", 0.028349523125, "oz");
        Add("l", 1e-3, "ml");
        Add("l", 1e-2, "cl");
        Add("l", 1, "l litre litres liter liters");
        Add("m/s", 1, "m/s");
        Add("m/s", 1 / 3.6, "km/h kmh kph");
        Add("m/s", 0.44704, "mph");
        Add("byte", 1e3, "kb");
        Add("byte", 1e6, "mb");
        Add("byte", 1e9, "gb");
        Add("byte", 1e12, "tb");
        // Accounts have credits and debits.
        Add("cr", 1, "cr");
        Add("cr", -1, "dr");
    }

    /// <summary>How many of another unit one of a unit is; 0 if they are not of one kind.</summary>
    public static double Ratio(ReadOnlySpan<char> unit, ReadOnlySpan<char> other) =>
        Find(unit) is { } one && Find(other) is { } second && one.Kind == second.Kind ? one.Size / second.Size : 0;

    /// <summary>The kind of a unit and its size; null for an unknown one.</summary>
    public static (string Kind, double Size)? Find(ReadOnlySpan<char> unit)
    {
        unit = unit.TrimEnd('.');
        if (unit.IsEmpty || unit.Length > LongestName)
            return null;
        Span<char> lower = stackalloc char[LongestName];
        int length = unit.Length == 1 ? 0 : unit.ToLowerInvariant(lower);
        var lookup = Units.GetAlternateLookup<ReadOnlySpan<char>>();
        return lookup.TryGetValue(length > 0 ? lower[..length] : unit, out var found) ? found : null;
    }

    private static void Add(string kind, double size, string names, char separator = ' ')
    {
        foreach (string name in names.Split(separator))
            Units.Add(name, (kind, size));
    }
}
